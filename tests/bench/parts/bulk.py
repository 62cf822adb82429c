"""Rows by the ten thousand: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg

from backend.platform.database import adapted, connection, is_postgres, transaction

BATCH = 5000


async def write(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """JSON as text, times as datetimes."""
    for first in range(0, len(values), BATCH):
        await _write(table, columns, values[first : first + BATCH])


async def _write(table: str, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    if is_postgres():
        async with connection().acquire_connection() as raw:
            assert isinstance(raw, asyncpg.Connection | asyncpg.pool.PoolConnectionProxy)
            await raw.copy_records_to_table(table, records=values, columns=list(columns))
        return
    marks = ", ".join("?" * len(columns))
    async with transaction() as client:
        await client.execute_many(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
            [[adapted(value) for value in row] for row in values],
        )


async def copied(table: str, columns: Sequence[str], records: Iterable[Sequence[Any]]) -> None:
    """PostgreSQL's COPY by the connection of the transaction that is open."""
    raw: Any = connection()._connection
    await raw.copy_records_to_table(table, columns=list(columns), records=records)
