"""What triggers no longer need to know."""

from datetime import datetime

from backend.platform.database import rows, transaction

BATCH = 500
# Their messages say for ever that they were told.
# of all: old rows go, whosever
_WAITS = """
DELETE FROM trigger_waits WHERE id IN (
    SELECT id FROM trigger_waits WHERE ended_at < $1 ORDER BY ended_at LIMIT $2) RETURNING id
"""
# An order of long ago; what stands above a limit stays until the trigger is gone.
# of all: old rows go, whosever
_MARKS = """
DELETE FROM trigger_marks WHERE id IN (
    SELECT id FROM trigger_marks WHERE at < $1 AND what LIKE 'order:%' ORDER BY at LIMIT $2)
RETURNING id
"""


async def forget_waits(before: datetime) -> int:
    """Of which nothing is left to do; a batch."""
    return await _batch(_WAITS, before)


async def forget_orders(before: datetime) -> int:
    """The status that an order had last; a batch."""
    return await _batch(_MARKS, before)


async def _batch(statement: str, before: datetime) -> int:
    async with transaction():
        return len(await rows(statement, [before, BATCH]))
