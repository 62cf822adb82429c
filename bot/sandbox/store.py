"""The sandbox's memory: one SQLite file that survives a restart and a kill.

Statements are short and local, so they run on the event loop: a write is a few dozen
microseconds, and a block of them is atomic because nothing is awaited inside it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from bot.sandbox.schema import SCHEMA

Json = dict[str, Any]


def dump(value: Any) -> str:
    """JSON text for a column."""
    return orjson.dumps(value).decode()


class Store:
    """One SQLite connection; `write()` blocks may nest."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")  # WAL survives a killed process
        self._db.execute("PRAGMA foreign_keys=ON")
        self._db.execute("PRAGMA busy_timeout=5000")
        self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
        self._depth = 0

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def write(self) -> Iterator[None]:
        """All or nothing. Nothing may be awaited inside."""
        if self._depth == 0:
            self._db.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("ROLLBACK")
            raise
        self._depth -= 1
        if self._depth == 0:
            self._db.execute("COMMIT")

    def rows(self, sql: str, *args: Any) -> list[sqlite3.Row]:
        return self._db.execute(sql, args).fetchall()

    def row(self, sql: str, *args: Any) -> sqlite3.Row | None:
        found = self._db.execute(sql, args).fetchone()
        return found if isinstance(found, sqlite3.Row) else None

    def number(self, sql: str, *args: Any) -> int:
        """The one number that the statement answers with; 0 for no row or NULL."""
        found = self.row(sql, *args)
        return int(found[0] or 0) if found else 0

    def insert(self, sql: str, *args: Any) -> int:
        """Run an INSERT and return the new row's id."""
        return self._db.execute(sql, args).lastrowid or 0

    def run(self, sql: str, *args: Any) -> int:
        """Run a statement and return how many rows it touched."""
        return self._db.execute(sql, args).rowcount

    def get(self, key: str, default: Any = None) -> Any:
        """A remembered setting."""
        found = self.row("SELECT value FROM settings WHERE key = ?", key)
        return orjson.loads(found["value"]) if found else default

    def put(self, key: str, value: Any) -> None:
        self.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", key, dump(value))

    def drop(self, key: str) -> None:
        self.run("DELETE FROM settings WHERE key = ?", key)
