"""Cards that were asked for and have long been made or refused."""

from datetime import datetime

from backend.platform.database import rows, transaction

_BATCH = 500
# of all: old rows go, whosever
_FORGET = """
DELETE FROM card_requests WHERE id IN (SELECT id FROM card_requests
    WHERE state <> 'waiting' AND ended_at < $1 ORDER BY ended_at LIMIT $2) RETURNING id
"""


async def forget_requests(before: datetime) -> int:
    """One batch; how many went. What still waits stays, however long."""
    async with transaction():
        return len(await rows(_FORGET, [before, _BATCH]))
