"""What is kept no longer than it is needed: messages that have ended, with their attempts."""

from datetime import datetime

from backend.platform.database import among, rows, transaction

BATCH = 500
# of all: old rows go, whosever
_OLD = "SELECT id FROM webhook_deliveries WHERE ended_at < $1 ORDER BY ended_at LIMIT $2"
# of all: old rows go, whosever
_TRIES = "DELETE FROM webhook_attempts WHERE delivery_id {among}"
# of all: old rows go, whosever
_GO = "DELETE FROM webhook_deliveries WHERE id {among}"


async def forget_deliveries(before: datetime) -> int:
    """One batch; how many."""
    async with transaction():
        ids = [row["id"] for row in await rows(_OLD, [before, BATCH])]
        if ids:
            await rows(_TRIES.format(among=among(1)), [ids])
            await rows(_GO.format(among=among(1)), [ids])
    return len(ids)
