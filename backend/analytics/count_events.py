"""What events say, counted once each, before the outbox forgets them.

Which are counted stands on the event's row and is written in the transaction that adds to the
facts: a million cards are no row more.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

import orjson

from backend.analytics.add import Counted, add_facts
from backend.analytics.cards_told import UNKNOWN, CardTold, cards_told
from backend.analytics.zones import day_of, zones_of
from backend.events.event import Event
from backend.events.every import EVENTS, from_payload
from backend.events.people import ContactVerified
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.dialect import moment
from backend.platform.watch.log import get_log
from models.fact import FactKind

BATCH = 200
# Of a card that was made, the origin says which kind it is.
KINDS: Mapping[str, FactKind | None] = {
    "CardIssued": None,
    "CardRemoved": FactKind.CARD_REMOVED,
    "ContactVerified": FactKind.CONTACT_VERIFIED,
    "CustomerDeleted": FactKind.CUSTOMER_DELETED,
    "CustomerJoined": FactKind.CUSTOMER_JOINED,
    "PoolRanEmpty": FactKind.POOL_RAN_EMPTY,
    "PoolRanLow": FactKind.POOL_RAN_LOW,
    "ProfileRefreshed": FactKind.PROFILE_REFRESHED,
}
# of all: every event is counted for its account
_TAKE = """
UPDATE outbox_events SET counted = TRUE WHERE id IN (
    SELECT id FROM outbox_events WHERE NOT counted AND kind IN ({kinds})
    ORDER BY id LIMIT {most} {lock})
RETURNING id, kind, payload, at
"""
Told = tuple[Event, datetime]
Cards = Mapping[int, CardTold]
log = get_log(__name__)


async def count_events() -> bool:
    """One batch; whether there may be more. Kinds that this version does not know are left."""
    lock = "FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    kinds = ", ".join(f"${n}" for n in range(1, len(EVENTS) + 1))
    async with transaction():
        taken = await rows(_TAKE.format(kinds=kinds, most=BATCH, lock=lock), list(EVENTS))
        told = [each for row in taken if row["kind"] in KINDS for each in _read(row)]
        await _add(told)
    return len(taken) == BATCH


def _read(row: dict[str, Any]) -> list[Told]:
    payload = row["payload"]
    try:
        given = orjson.loads(payload) if isinstance(payload, str | bytes) else payload
        event = from_payload(row["kind"], given)
        _kind(event)
        return [(event, moment(row["at"]))]
    except (TypeError, ValueError):
        log.exception("an event cannot be counted", kind=row["kind"], row=row["id"])
        return []


async def _add(told: Sequence[Told]) -> None:
    cards = await cards_told({getattr(event, "card_id", 0) for event, _ in told} - {0})
    zones = await zones_of({_account(event, cards) for event, _ in told} - {0})
    await add_facts((_key(event, cards, zones, at), 0) for event, at in told)


def _card(event: Event, cards: Cards) -> CardTold:
    return cards.get(getattr(event, "card_id", 0), UNKNOWN)


def _account(event: Event, cards: Cards) -> int:
    return int(getattr(event, "account_id", 0) or _card(event, cards).account_id)


def _key(event: Event, cards: Cards, zones: Mapping[int, tzinfo], at: datetime) -> Counted:
    account = _account(event, cards)
    brand = getattr(event, "brand_id", None) or _card(event, cards).brand_id
    source = getattr(event, "source", "") or _card(event, cards).source
    channel = event.kind if isinstance(event, ContactVerified) else ""
    return Counted(account, brand, day_of(zones, account, at), _kind(event), source, channel)


def _kind(event: Event) -> FactKind:
    """Raises ValueError for an origin that nothing has."""
    return KINDS[type(event).__name__] or FactKind(f"card_{getattr(event, 'origin', '')}")
