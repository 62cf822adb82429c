"""Write down to whom something has happened: each once, until it is their turn."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson

from backend.platform.database import among, places, rows
from backend.triggers.cause import Cause
from models.message_purpose import MessagePurpose
from models.trigger import Trigger, WaitState

# Values of a statement are bounded.
ROWS = 200
_WIDTH = 12
_ADD = """
INSERT INTO trigger_waits (trigger_id, customer_id, card_id, once, about, data, promo, state,
    reason, at, created_at, due_at)
VALUES {rows} ON CONFLICT (trigger_id, once) DO NOTHING RETURNING id
"""
# of all: what waits about one thing of one person
_OVERTAKEN = """
UPDATE trigger_waits SET state = 'dropped', reason = 'overtaken', ended_at = $1
WHERE customer_id = $2 AND about = $3 AND state = 'waiting' AND trigger_id IN (
    SELECT id FROM triggers WHERE brand_id = $4)
"""
# of all: the cards in hand, but those that are gone by now
_THEIRS = """
SELECT id, customer_id FROM cards WHERE id {cards} AND removed_at IS NULL
"""
OVERTAKEN = "overtaken"


async def put_waits(now: datetime, trigger: Trigger, causes: Sequence[Cause]) -> int:
    """Inside a transaction; how many are new. The same again makes no other."""
    made = 0
    for first in range(0, len(causes), ROWS):
        made += await _add(now, trigger, causes[first : first + ROWS])
    return made


async def _add(now: datetime, trigger: Trigger, causes: Sequence[Cause]) -> int:
    delay = timedelta(minutes=trigger.delay_minutes)
    promo = trigger.purpose is MessagePurpose.PROMO
    values: list[Any] = []
    for each in causes:
        whose = [trigger.id, each.customer_id, each.card_id, each.once, each.about]
        data = orjson.dumps(dict(each.data)).decode()
        values += [*whose, data, promo, WaitState.WAITING.value, "", each.at, now, each.at + delay]
    return len(await rows(_ADD.format(rows=places(len(causes), _WIDTH)), values))


async def overtake(now: datetime, brand_id: int, customer_id: int, about: str) -> None:
    """Inside a transaction: something newer is known of it, and nobody is told the old."""
    await rows(_OVERTAKEN, [now, customer_id, about, brand_id])


async def cards_held(card_ids: Sequence[int]) -> dict[int, int]:
    """Whose they are, of those that are in a pocket."""
    if not card_ids:
        return {}
    found = await rows(_THEIRS.format(cards=among(1)), [sorted(set(card_ids))])
    return {row["id"]: row["customer_id"] for row in found}
