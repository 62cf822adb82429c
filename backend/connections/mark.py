"""What happened to somebody whom an account's own system knows: it is to be told.

Events only count: what is told is what stands when it is told (tell_member.py), so that nothing
older ever overtakes something newer, and ten changes in an outage are one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.events.people import CustomerDeleted
from backend.outbox.happened import Happened
from backend.outbox.reaction import Failed
from backend.platform.context import Context
from backend.platform.database import among, rows, transaction

# of all: whoever carries a card of a connected program
_CONNECTED = """
SELECT DISTINCT p.connection_id, c.customer_id
FROM cards c JOIN programs p ON p.id = c.program_id
WHERE p.connection_id IS NOT NULL AND c.customer_id {people}
"""
# of all: of people and connections that were found
_MARK = """
INSERT INTO partner_members (connection_id, customer_id, wanted, done, state, available_at,
    attempts, error)
SELECT connection_id, customer_id, 1, 0, 'waiting', $1, 0, '' FROM ({connected}) AS found
WHERE TRUE
ORDER BY connection_id, customer_id
ON CONFLICT (connection_id, customer_id) DO UPDATE SET wanted = partner_members.wanted + 1,
    state = 'waiting', attempts = 0,
    available_at = CASE WHEN partner_members.state = 'waiting'
        THEN partner_members.available_at ELSE $1 END
"""


async def connected_people(events: Sequence[Any]) -> list[Any]:
    """Events of people with a card of a connected program."""
    ids = sorted({event.customer_id for event in events})
    found = await rows(_CONNECTED.format(people=among(1)), [ids])
    people = {row["customer_id"] for row in found}
    return [event for event in events if event.customer_id in people]


async def mark(ctx: Context, happened: Sequence[Happened[Any]]) -> Failed:
    """All at once, so none fails alone. Twice is once more than needed, and changes nothing."""
    await mark_people(ctx.clock(), [each.event.customer_id for each in happened])
    ctx.wake.set()
    return {}


async def mark_people(now: datetime, customer_ids: Sequence[int]) -> None:
    connected = _CONNECTED.format(people=among(2))
    async with transaction():
        await rows(_MARK.format(connected=connected), [now, sorted(set(customer_ids))])


# of all: of the person who has left
_LEFT = """
UPDATE partner_members SET wanted = wanted + 1, state = 'waiting', attempts = 0, available_at = $2
WHERE customer_id = $1
"""


async def mark_left(ctx: Context, happened: Happened[CustomerDeleted]) -> None:
    """Whoever was told of them is to be told that they have left."""
    async with transaction():
        await rows(_LEFT, [happened.event.customer_id, ctx.clock()])
