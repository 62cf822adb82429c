"""Take away attempts that are long over, in bounded batches."""

from datetime import datetime

from backend.platform.database import rows, transaction

BATCH = 500


async def forget_attempts(before: datetime) -> int:
    """Delete one batch of attempts that expired before `before`; how many. `before` must be
    more than a day ago: the limits count a day's attempts."""
    async with transaction():
        gone = await rows(
            "DELETE FROM verifications WHERE id IN (SELECT id FROM verifications"
            " WHERE expires_at < $1 AND created_at < $1 ORDER BY expires_at LIMIT $2) RETURNING id",
            [before, BATCH],
        )
    return len(gone)
