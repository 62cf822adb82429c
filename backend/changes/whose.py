"""Whom an event concerns: the accounts that are told of it, and what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.events.cards import CardIssued, CardRemoved
from backend.events.event import Event
from backend.events.people import ContactLost, ContactVerified, CustomerDeleted
from backend.platform.database import among, rows
from backend.platform.dialect import moment, parsed
from catalog.questions.questionnaire import fields_of, stored_key

# of all: the cards that events name; those of no program are their owner's alone
_CARDS = """
SELECT c.id, c.program_id, c.brand_id FROM cards c WHERE c.id {among} AND c.program_id IS NOT NULL
"""
# of all: the programs that events name
_PROGRAMS = "SELECT id, account_id, key FROM programs WHERE id {among}"
# of all: the brands that events name
_BRANDS = "SELECT id, key FROM brands WHERE id {among}"
# of all: the offers that events name
_OFFERS = "SELECT id, key FROM offers WHERE id {among}"
# of all: who may see the contacts of the people whom events name: whom they let process their data,
# and whose card they carry; of these, those that a program asks for
_TRUSTED = """
SELECT s.customer_id, p.account_id, p.id AS program_id, p.key, p.questionnaire, c.id AS card_id,
    c.created_at
FROM consent_states s
JOIN programs p ON p.account_id = s.subject_id
JOIN cards c ON c.program_id = p.id AND c.customer_id = s.customer_id AND c.removed_at IS NULL
WHERE s.customer_id {among} AND s.purpose = 'personal_data' AND s.granted
"""
# of all: who was ever told of the people whom events name
_KNOWN = "SELECT DISTINCT customer_id, account_id FROM consent_records WHERE customer_id {among}"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """`asks`: the keys of its program's questions, by what an answer is kept under."""

    id: int
    program_id: int
    program: str
    account_id: int
    made_at: datetime
    asks: Mapping[str, str]


OF_A_CONTACT = (ContactVerified, ContactLost)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around some events, by id: `known` are accounts by customer, `trusted` their
    cards of programs whose account may know what it asks."""

    cards: Mapping[int, Row] = field(default_factory=dict)
    programs: Mapping[int, Row] = field(default_factory=dict)
    brands: Mapping[int, str] = field(default_factory=dict)
    trusted: Mapping[int, list[Card]] = field(default_factory=dict)
    known: Mapping[int, list[int]] = field(default_factory=dict)
    offers: Mapping[int, Row] = field(default_factory=dict)


async def around(events: Sequence[Event]) -> Around:
    """In a few questions for all of them."""
    removed = [e.card_id for e in events if isinstance(e, CardRemoved)]
    cards = await _by_id(_CARDS, removed)
    programs = [int(getattr(e, "program_id", 0) or 0) for e in events]
    programs += [row["program_id"] for row in cards.values()]
    deleted = [e for e in events if isinstance(e, CustomerDeleted)]
    programs += [int(number) for event in deleted for number in event.numbers]
    brands = [int(getattr(e, "brand_id", 0) or 0) for e in events]
    brands += [row["brand_id"] or 0 for row in cards.values()]
    told = [e.customer_id for e in events if isinstance(e, OF_A_CONTACT)]
    told += [e.customer_id for e in events if isinstance(e, CardIssued) and e.changed]
    return Around(
        cards,
        await _by_id(_PROGRAMS, programs),
        {number: row["key"] for number, row in (await _by_id(_BRANDS, brands)).items()},
        await _trusted(told),
        await _accounts(_KNOWN, [event.customer_id for event in deleted]),
        await _by_id(_OFFERS, [int(getattr(e, "offer_id", 0) or 0) for e in events]),
    )


async def _by_id(statement: str, ids: Sequence[int]) -> dict[int, Row]:
    wanted = sorted(set(ids) - {0})
    if not wanted:
        return {}
    found = await rows(statement.format(among=among(1)), [wanted])
    return {row["id"]: row for row in found}


async def _accounts(statement: str, customer_ids: Sequence[int]) -> dict[int, list[int]]:
    if not customer_ids:
        return {}
    found: dict[int, list[int]] = {}
    for row in await rows(statement.format(among=among(1)), [sorted(set(customer_ids))]):
        found.setdefault(row["customer_id"], []).append(row["account_id"])
    return found


async def _trusted(customer_ids: Sequence[int]) -> dict[int, list[Card]]:
    """As backend.customers.contacts.told_to_brands has it for whoever looks a customer up."""
    if not customer_ids:
        return {}
    found: dict[int, list[Card]] = {}
    for row in await rows(_TRUSTED.format(among=among(1)), [sorted(set(customer_ids))]):
        fields = fields_of(parsed(row["questionnaire"]))
        asks = {stored_key(row["key"], asked): asked.key for asked in fields}
        whose = (row["program_id"], row["key"], row["account_id"], moment(row["created_at"]))
        found.setdefault(row["customer_id"], []).append(Card(row["card_id"], *whose, asks))
    return found
