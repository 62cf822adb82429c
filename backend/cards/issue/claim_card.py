"""A card is claimed: by one statement on PostgreSQL, step by step in one transaction on SQLite and
wherever the number is given."""

from collections.abc import Awaitable
from typing import Any

import orjson

from backend.cards.issue.claim import POSSIBLE_ON_SQLITE, Claim
from backend.cards.issue.claim_statement import CLAIM
from backend.cards.pool.pool_level import FEW, step_down
from backend.consents.record import write_rows
from backend.events.cards import CardIssued
from backend.outbox.announce import announce
from backend.platform.database import is_postgres, loaded, rows, transaction
from models.card import Card, CardOrigin
from models.pool_number import free_numbers

# The person, their cards and the application are asked for here: nobody else writes before the end.
_STILL = f""" AND {POSSIBLE_ON_SQLITE}
    AND EXISTS (SELECT 1 FROM customers WHERE id = $2 AND deleted_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM cards WHERE program_id = $1 AND customer_id = $2)
    AND ($9 IS NULL OR EXISTS (
        SELECT 1 FROM applications WHERE id = $8 AND status = 'open' AND choices = $9))"""  # noqa: S608  put together from constants
# of all: a number of the program $1
TAKE_NUMBER = f"""
UPDATE pool_numbers SET status = 'issued', changed_at = $4
WHERE id = ({free_numbers("$1", "id", more=_STILL)})
RETURNING printed_number, barcode_value, {FEW.format(program="$1")} AS few
"""  # noqa: S608  put together from constants
ADD_CARD = """
INSERT INTO cards (customer_id, program_id, brand_id, offer_id, printed_number, barcode_value,
    barcode_format, origin, status, hidden, tier, recheck_for, source, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', FALSE, '', '', $9, $10)
ON CONFLICT (program_id, customer_id) DO NOTHING
RETURNING *
"""
SET_PROFILE = "UPDATE customers SET profile = $2 WHERE id = $1"
# of all: the application of the claim
CLOSE = """
UPDATE applications SET status = 'done', answers = NULL, updated_at = $2,
    choices = COALESCE($3, choices)
WHERE id = $1 AND status = 'open'
"""


def claim_card(claim: Claim) -> Awaitable[Card | None]:
    """The new card. None when something does not hold any more, this person has a card
    already, or no number is free; IntegrityError when somebody carries the number already."""
    return _in_one_statement(claim) if is_postgres() else _step_by_step(claim)


async def _in_one_statement(claim: Claim) -> Card | None:
    made = await rows(CLAIM, statement_values(claim))
    return loaded(Card, made[0]) if made else None


async def _step_by_step(claim: Claim) -> Card | None:
    """On SQLite: its one writer needs no lock on number, person or application."""
    async with transaction():
        taken = await rows(TAKE_NUMBER, number_values(claim))
        if not taken:
            return None
        number, value = taken[0]["printed_number"], taken[0]["barcode_value"]
        card = await add_card(claim, number, value, CardOrigin.ISSUED)
        assert card is not None, "the number was taken for somebody without a card"
        if taken[0]["few"]:
            await step_down(claim.program_id, claim.at)
        return card


async def add_card(
    claim: Claim, printed_number: str, barcode_value: str, origin: CardOrigin
) -> Card | None:
    """Inside a transaction that has taken the person's turn: the card with a given number and
    all that goes with it. None when this person has a card of the program; IntegrityError when
    another has the number."""
    made = await rows(ADD_CARD, card_values(claim, printed_number, barcode_value, origin))
    if not made:
        return None
    card = loaded(Card, made[0])
    await write_rows(claim.records, claim.states, claim.customer_id, claim.at)
    if claim.profile is not None:
        await rows(SET_PROFILE, [claim.customer_id, claim.profile])
    await announce(claim.at, card_issued(claim, card.id, origin))
    if claim.closes is not None:
        await rows(CLOSE, close_values(claim))
    return card


def card_issued(claim: Claim, card_id: int, origin: CardOrigin) -> CardIssued:
    return CardIssued(
        card_id=card_id,
        customer_id=claim.customer_id,
        program_id=claim.program_id,
        account_id=claim.account_id,
        brand_id=claim.brand_id,
        origin=origin.value,
        shown=claim.shown,
        changed=",".join(claim.changed),
    )


def condition_values(claim: Claim) -> list[Any]:
    """$1 to $7 of every statement that claims a number."""
    return [
        claim.program_id,
        claim.customer_id,
        claim.offer_id,
        claim.at,
        claim.documents,
        claim.contacts,
        len(claim.contacts),
    ]


def number_values(claim: Claim) -> list[Any]:
    """$1 to $9 of TAKE_NUMBER. The choices are compared as the ORM has written them."""
    read = orjson.dumps(claim.agreement.read).decode() if claim.agreement is not None else None
    return [*condition_values(claim), claim.closes, read]


def card_values(
    claim: Claim, printed_number: str, barcode_value: str, origin: CardOrigin
) -> list[Any]:
    return [
        claim.customer_id,
        claim.program_id,
        claim.brand_id,
        claim.offer_id,
        printed_number,
        barcode_value,
        claim.barcode_format,
        origin.value,
        claim.source,
        claim.at,
    ]


def close_values(claim: Claim) -> list[Any]:
    agreed = claim.agreement.agreed if claim.agreement is not None else None
    return [claim.closes, claim.at, orjson.dumps(agreed).decode() if agreed is not None else None]


def statement_values(claim: Claim) -> list[Any]:
    """$1 to $19 of the one statement."""
    return [
        *condition_values(claim),
        claim.brand_id,
        claim.barcode_format,
        claim.source,
        orjson.dumps(claim.records).decode(),
        orjson.dumps(claim.states).decode(),
        claim.profile,
        claim.account_id,
        claim.closes,
        claim.shown,
        *_choices(claim),
        ",".join(claim.changed),
    ]


def _choices(claim: Claim) -> list[str | None]:
    if claim.agreement is None:
        return [None, None]
    return [orjson.dumps(choices).decode() for choices in claim.agreement]
