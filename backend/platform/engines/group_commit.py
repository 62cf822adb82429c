"""Writes of SQLite that wait at the same time, by one commit.

A commit is on the disk before anybody is told (docs/decisions/0007-durable-commits.md): where each
statement waits for one of its own, the disk sets the pace. What comes while one is under way goes
together in the next, in the order in which it came, and by one way to the connection's thread.
When anything is wrong nothing of it stands, and each is tried by itself.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple


class Write(NamedTuple):
    """A statement that is a transaction by itself."""

    query: str
    values: Sequence[Any]


class Written(NamedTuple):
    rows: list[sqlite3.Row]
    changes: int
    last_id: int


def write_all(raw: sqlite3.Connection, writes: Sequence[Write]) -> list[Written]:
    """In the connection's thread. Raises what the first that fails raises."""
    if len(writes) == 1:
        return [_one(raw, writes[0])]
    raw.execute("BEGIN IMMEDIATE")
    try:
        written = [_one(raw, write) for write in writes]
        raw.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back by itself.
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise
    return written


def _one(raw: sqlite3.Connection, write: Write) -> Written:
    before = raw.total_changes
    cursor = raw.execute(write.query, write.values)
    rows = cursor.fetchall()
    return Written(rows, raw.total_changes - before, cursor.lastrowid or 0)
