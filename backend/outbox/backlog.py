"""What waits and what failed, for the operator: list, count, retry."""

from datetime import datetime
from typing import Any

from backend.platform.database import rows


async def failures(limit: int = 50) -> list[dict[str, Any]]:
    """The newest failed deliveries: id, kind, reaction, attempts, failed_at, error."""
    return await rows(
        "SELECT d.id, e.kind, d.reaction, d.attempts, d.failed_at, d.error"
        " FROM outbox_deliveries d JOIN outbox_events e ON e.id = d.event_id"
        " WHERE d.failed_at IS NOT NULL ORDER BY d.id DESC LIMIT $1",
        [limit],
    )


async def counts() -> dict[str, int]:
    """`waiting`, `failed` and `new` (events without deliveries yet)."""
    waiting = await rows(
        "SELECT count(*) AS n FROM outbox_deliveries WHERE done_at IS NULL AND failed_at IS NULL"
    )
    failed = await rows("SELECT count(*) AS n FROM outbox_deliveries WHERE failed_at IS NOT NULL")
    new = await rows("SELECT count(*) AS n FROM outbox_events WHERE fanned_out_at IS NULL")
    return {"waiting": waiting[0]["n"], "failed": failed[0]["n"], "new": new[0]["n"]}


# Only what nothing newer of its key has overtaken: nobody is told the older after the newer.
_RETRY = """
UPDATE outbox_deliveries SET failed_at = NULL, dispatched_at = NULL, available_at = $1,
    attempts_before = attempts
WHERE failed_at IS NOT NULL {which} AND (order_key = '' OR NOT EXISTS (
    SELECT 1 FROM outbox_deliveries newer
    WHERE newer.reaction = outbox_deliveries.reaction
        AND newer.order_key = outbox_deliveries.order_key
        AND newer.event_id > outbox_deliveries.event_id AND (newer.done_at IS NOT NULL
            OR newer.failed_at IS NULL AND newer.dispatched_at IS NOT NULL)))
RETURNING id
"""


async def retry(now: datetime, ids: list[int] | None = None) -> int:
    """Make failed deliveries due again, all or those given; return how many. Those that
    something newer of their order key has overtaken stay failed.

    `attempts` only grows: it is the fence of backend/outbox/attempt.py. How often is tried again
    and how long is waited between counts from here.
    """
    which, values = "", [now]
    if ids is not None:
        which = f"AND id IN ({', '.join(f'${n}' for n in range(2, len(ids) + 2)) or 'NULL'})"
        values = [now, *ids]  # type: ignore[list-item]
    return len(await rows(_RETRY.format(which=which), values))
