"""Free numbers into a program's pool."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from backend.cards.pool.pool_level import set_level
from catalog.pack.numbers import NumberRow
from catalog.scope import numbers_of
from models.pool_number import PoolNumber

_AT_ONCE = 500


async def add_numbers(program_id: int, numbers: Iterator[NumberRow], now: datetime) -> int:
    """Inside a transaction: add what is not there yet; returns how many were new. Whoever waits
    for numbers is found by the pool's level."""
    before = await numbers_of(program_id).count()
    while batch := list(islice(numbers, _AT_ONCE)):
        fresh = [
            PoolNumber(
                program_id=program_id,
                printed_number=row.printed_number,
                barcode_value=row.barcode_value,
                changed_at=now,
            )
            for row in batch
        ]
        await PoolNumber.bulk_create(fresh, ignore_conflicts=True)
    await set_level(program_id)
    return await numbers_of(program_id).count() - before
