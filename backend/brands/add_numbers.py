"""Free numbers into a program's pool."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from backend.cards.pool.insert_numbers import insert_numbers
from backend.cards.pool.pool_level import set_level
from catalog.pack.numbers import NumberRow

_AT_ONCE = 5_000


async def add_numbers(program_id: int, numbers: Iterator[NumberRow], now: datetime) -> int:
    """Inside a transaction: add what is not there yet; returns how many were new. Whoever waits
    for numbers is found by the pool's level."""
    fresh = 0
    while batch := list(islice(numbers, _AT_ONCE)):
        printed = [row.printed_number for row in batch]
        values = [row.barcode_value for row in batch]
        fresh += await insert_numbers(program_id, printed, values, now)
    await set_level(program_id, fresh)
    return fresh
