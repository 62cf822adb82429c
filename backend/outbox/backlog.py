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


async def retry(now: datetime, ids: list[int] | None = None) -> int:
    """Make failed deliveries due again, all or those given; return how many.

    `attempts` only grows: it is the fence of backend/outbox/attempt.py.
    """
    which, values = "", [now]
    if ids is not None:
        which = f" AND id IN ({', '.join(f'${n}' for n in range(2, len(ids) + 2)) or 'NULL'})"
        values = [now, *ids]  # type: ignore[list-item]
    changed = await rows(
        "UPDATE outbox_deliveries SET failed_at = NULL, dispatched_at = NULL, available_at = $1"  # noqa: S608  marks only
        f" WHERE failed_at IS NOT NULL{which} RETURNING id",
        values,
    )
    return len(changed)
