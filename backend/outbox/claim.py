"""Hand deliveries to the queue, once per lease."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.platform.database import is_postgres, rows

BATCH = 200
# Longer than a reaction may run (backend/worker/handle.py), so that a delivery found with an
# older stamp was lost by the queue or by a process that died.
LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Claimed:
    id: int
    attempts: int

    @property
    def key(self) -> str:
        """The queue drops a second task of the same key, so claiming twice is harmless."""
        return f"ob:{self.id}:{self.attempts}"


async def claim(now: datetime, *, lease: timedelta = LEASE, limit: int = BATCH) -> list[Claimed]:
    """Stamp the next due deliveries and return them.

    Also the sweeper: a delivery that was dispatched longer than `lease` ago and is neither
    done nor failed is due again, so an emptied Redis or a killed process only delays it.
    """
    lock = "FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    found = await rows(
        "UPDATE outbox_deliveries SET dispatched_at = $1 WHERE id IN ("  # noqa: S608  no values
        "SELECT id FROM outbox_deliveries WHERE done_at IS NULL AND failed_at IS NULL"
        " AND available_at <= $1 AND (dispatched_at IS NULL OR dispatched_at < $2)"
        f" ORDER BY available_at, id LIMIT $3 {lock}) RETURNING id, attempts",
        [now, now - lease, limit],
    )
    return [Claimed(row["id"], row["attempts"]) for row in found]
