"""Whether what somebody waits to be told is still so, right before it is said."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from backend.platform.database import among, rows
from backend.platform.dialect import moment
from catalog.points_text import points_text
from models.trigger import Trigger, TriggerEvent, TriggerWait

# of all: the people of the waits in hand
_BACK = """
SELECT v.product_id, v.customer_id FROM watches v
JOIN products p ON p.id = v.product_id AND p.in_stock WHERE v.customer_id {people}
"""
# of all: the cards of the waits in hand
_BALANCES = "SELECT id, balance FROM cards WHERE id {cards}"
# Bought with, or its points moved by a purchase, since it came.
# of all: the cards of the waits in hand
_UNUSED = """
SELECT k.id FROM cards k WHERE k.id {cards}
    AND NOT EXISTS (SELECT 1 FROM sales s WHERE s.card_id = k.id AND s.at >= k.created_at)
    AND NOT EXISTS (SELECT 1 FROM postings p WHERE p.card_id = k.id
        AND p.kind IN ('accrue', 'spend', 'hold', 'capture'))
"""
# of all: the cards of the waits in hand
_ENDING = """
SELECT card_id, remains, expires_at FROM point_lots
WHERE card_id {cards} AND remains > 0 AND expires_at > $2
"""
# Which still stand, by their ids, with the values that are true now.
Standing = dict[int, Mapping[str, str]]
Waits = Sequence[TriggerWait]


@dataclass(frozen=True, slots=True)
class Now:
    at: datetime
    trigger: Trigger
    waits: Waits

    @property
    def cards(self) -> list[int]:
        return sorted({wait.card_id for wait in self.waits if wait.card_id is not None})


async def still_so(now: datetime, trigger: Trigger, waits: Waits) -> Standing:
    """Of waits of one trigger."""
    look = _LOOKS.get(trigger.event)
    if look is None or not waits:
        return {wait.id: wait.data for wait in waits}
    fresh = await look(Now(now, trigger, waits))
    return {wait.id: {**wait.data, **fresh[wait.id]} for wait in waits if wait.id in fresh}


def product_of(wait: TriggerWait) -> int:
    """Of one that waits for something to come back."""
    return int(wait.about.rpartition(":")[2])


async def _back(now: Now) -> Standing:
    people = sorted({wait.customer_id for wait in now.waits})
    found = await rows(_BACK.format(people=among(1)), [people])
    watched = {(row["product_id"], row["customer_id"]) for row in found}
    return {wait.id: {} for wait in now.waits if (product_of(wait), wait.customer_id) in watched}


async def _above(now: Now) -> Standing:
    limit = Decimal(now.trigger.options["above"])
    found = await rows(_BALANCES.format(cards=among(1)), [now.cards])
    above = {row["id"] for row in found if Decimal(str(row["balance"] or 0)) > limit}
    return {wait.id: {} for wait in now.waits if wait.card_id in above}


async def _unused(now: Now) -> Standing:
    unused = {row["id"] for row in await rows(_UNUSED.format(cards=among(1)), [now.cards])}
    return {wait.id: {} for wait in now.waits if wait.card_id in unused}


async def _ending(now: Now) -> Standing:
    found = await rows(_ENDING.format(cards=among(1)), [now.cards, now.at])
    lots = [(row["card_id"], int(row["remains"]), moment(row["expires_at"])) for row in found]
    days = timedelta(days=now.trigger.options["days_before"] + 1)
    left = {
        wait.id: sum(
            remains
            for card, remains, ends in lots
            if card == wait.card_id and ends <= wait.at + days
        )
        for wait in now.waits
    }
    return {wait: {"expiring": points_text(points)} for wait, points in left.items() if points}


_LOOKS: Mapping[TriggerEvent, Callable[[Now], Awaitable[Standing]]] = {
    TriggerEvent.BACK_IN_STOCK: _back,
    TriggerEvent.BALANCE_ABOVE: _above,
    TriggerEvent.CARD_UNUSED: _unused,
    TriggerEvent.POINTS_EXPIRING: _ending,
}
