"""What came through an exchange long ago is no longer looked for."""

from datetime import datetime

from backend.platform.database import rows, transaction

_BATCH = 500
# of all: old rows go, whosever
_FORGET = """
DELETE FROM exchange_files WHERE id IN (
    SELECT id FROM exchange_files WHERE at < $1 ORDER BY at LIMIT $2) RETURNING id
"""


async def forget_files(before: datetime) -> int:
    """One batch; how many went."""
    async with transaction():
        return len(await rows(_FORGET, [before, _BATCH]))
