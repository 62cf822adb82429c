"""How much the database reads for something: a cost that a busy machine does not change."""

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing, suppress
from typing import Any

import asyncpg

from backend.platform.database import connect, disconnect
from tests.support.database import sqlite
from tests.support.machine.waiting import until

# SQLite counts the steps of its machine, and a row that is looked at takes it some ten.
STEPS = 10
_READ = """
SELECT relname AS name, COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0) AS number
FROM pg_stat_user_tables
"""
_BUSY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
Work = Callable[[], Awaitable[object]]


async def most_read(url: str, work: Work, times: int) -> tuple[int, str]:
    """Rows that were read for `work`, done so many times, each time: of the table of which they are
    the most (PostgreSQL), or by the statement that reads the most (SQLite); and which one that is.
    Connects anew."""

    async def several() -> None:
        for _ in range(times):
            await work()

    if url.startswith("sqlite://"):
        return await _by_statement(url, several)
    before = await _read(url)
    await several()
    after = await _read(url)
    return max(((number - before[name]) // times, name) for name, number in after.items())


async def _gone(asker: asyncpg.Connection) -> bool:
    return not await asker.fetchval(_BUSY)


async def _read(url: str) -> dict[str, int]:
    """Sessions tell what they have read when they end."""
    await disconnect()
    asker = await asyncpg.connect(url)
    try:
        await until(lambda: _gone(asker), "the end of the sessions")
        found = {row["name"]: row["number"] for row in await asker.fetch(_READ)}
    finally:
        await asker.close()
    await connect(url)
    return defaultdict(int, found)


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.told: list[tuple[str, Sequence[Any]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and len(record.args) == 2:
            query, values = record.args
            self.told.append((str(query), values if isinstance(values, list) else []))


async def _by_statement(url: str, work: Work) -> tuple[int, str]:
    log, heard = logging.getLogger("tortoise.db_client"), _Heard()
    before = log.level
    log.addHandler(heard)
    log.setLevel(logging.DEBUG)
    try:
        await work()
    finally:
        log.removeHandler(heard)
        log.setLevel(before)
    with closing(sqlite3.connect(sqlite.path_of(url), isolation_level=None)) as raw:
        return max((_steps(raw, query, values) // STEPS, query) for query, values in heard.told)


def _steps(raw: sqlite3.Connection, query: str, values: Sequence[Any]) -> int:
    """Of the statement, done once more and undone: what was added then cannot be added again."""
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    raw.execute("BEGIN IMMEDIATE")
    raw.set_progress_handler(tick, 100)
    try:
        with suppress(sqlite3.IntegrityError):
            raw.execute(query, values).fetchall()
    finally:
        raw.set_progress_handler(None, 0)
        raw.execute("ROLLBACK")
    return ticks * 100
