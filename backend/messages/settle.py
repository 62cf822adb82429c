"""Deliveries that have ended: how the partner's messages stand by now, and who is told of it."""

from collections.abc import Collection
from datetime import datetime

from backend.messages.states import ended_as, tell
from backend.platform.database import among, is_postgres, rows, transaction

BATCH = 500
# of all: messages of every partner that have ended
_ENDED = """
SELECT p.id, d.state, d.reason FROM partner_messages p
JOIN deliveries d ON d.message_id = p.message_id
WHERE p.state = 'enqueued' AND d.state NOT IN ('queued', 'sending') AND {which}
ORDER BY p.id LIMIT 500 {lock}
"""
# of all: a message in hand
_STANDS = """
UPDATE partner_messages SET state = $1, changed_at = $2 WHERE id = $3 AND state = 'enqueued'
RETURNING id
"""


async def settle_messages(now: datetime, message_ids: Collection[int]) -> None:
    """Of these messages those that have ended."""
    if message_ids:
        await _settle(now, f"p.message_id {among(1)}", [list(message_ids)])


async def settle_left(now: datetime) -> None:
    """All that have ended and are not settled: a process died between the two, or somebody else has
    stopped them."""
    while await _settle(now, "p.id > $1", [0]) == BATCH:
        continue


async def _settle(now: datetime, which: str, values: list[object]) -> int:
    lock = "FOR UPDATE OF p" if is_postgres() else ""
    async with transaction():
        found = await rows(_ENDED.format(which=which, lock=lock), values)
        reached = []
        for row in found:
            state = ended_as(row["state"], row["reason"])
            if await rows(_STANDS, [state.value, now, row["id"]]):
                reached.append((row["id"], state))
        await tell(now, reached)
    return len(found)
