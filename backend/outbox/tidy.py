"""Take away what was done long ago, in bounded batches."""

from datetime import datetime

from backend.platform.database import rows, transaction

BATCH = 500


async def tidy(before: datetime) -> int:
    """Delete one batch of events whose every delivery was done before `before`; return how
    many events. Failed deliveries stay until an operator has dealt with them."""
    async with transaction():
        old = await rows(
            "SELECT e.id FROM outbox_events e WHERE e.at < $1 AND e.fanned_out_at IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM outbox_deliveries d WHERE d.event_id = e.id"
            " AND (d.done_at IS NULL OR d.done_at >= $1))"
            " ORDER BY e.at LIMIT $2",
            [before, BATCH],
        )
        if not old:
            return 0
        ids = [row["id"] for row in old]
        these = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
        await rows(f"DELETE FROM outbox_deliveries WHERE event_id IN ({these})", ids)  # noqa: S608
        await rows(f"DELETE FROM outbox_events WHERE id IN ({these})", ids)  # noqa: S608
    return len(ids)
