"""What events say goes into the feeds of the accounts that it concerns.

Which have been told stands on the event's row and is written in the transaction that tells it, as
with what is counted (backend/analytics/count_events.py): a thousand cards are no delivery more.
Of one person the order of event ids is the order of commits, because whoever announces holds the
person's row or the card's.
"""

from typing import Any

from backend.changes.append import append
from backend.changes.heard import Heard
from backend.changes.told import told
from backend.changes.whose import around
from backend.events.every import EVENTS, from_payload
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.dialect import moment, parsed
from backend.platform.watch.log import get_log

BATCH = 200
# One at a time: the second waits for the first, so that no later event is told before it.
_TAKE = """
UPDATE outbox_events SET fed = TRUE WHERE id IN (
    SELECT id FROM outbox_events WHERE NOT fed AND kind IN ({kinds})
    ORDER BY id LIMIT {most} {lock})
RETURNING id, kind, payload, at
"""
log = get_log(__name__)


async def feed_events() -> bool:
    """One batch; whether there may be more. Kinds that this version does not know are left."""
    lock = "FOR UPDATE" if is_postgres() else ""
    kinds = ", ".join(f"${n}" for n in range(1, len(EVENTS) + 1))
    async with transaction():
        taken = await rows(_TAKE.format(kinds=kinds, most=BATCH, lock=lock), list(EVENTS))
        heard = [each for row in sorted(taken, key=_id) for each in _read(row)]
        known = await around([each.event for each in heard])
        await append([draft for each in heard for draft in told(each, known)])
    return len(taken) == BATCH


def _id(row: dict[str, Any]) -> int:
    return int(row["id"])


def _read(row: dict[str, Any]) -> list[Heard]:
    try:
        event = from_payload(row["kind"], parsed(row["payload"]))
    except (TypeError, ValueError):
        log.exception("an event cannot be told", kind=row["kind"], row=row["id"])
        return []
    return [Heard(event, f"event:{row['id']}", moment(row["at"]))]
