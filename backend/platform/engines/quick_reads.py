"""Reads of SQLite in the loop's own thread, by a connection of their own.

A look at an index takes less than the way to another thread and back, where it would wait for
whoever writes, and for the interpreter's lock after each row. With a write-ahead log it waits for
nobody, and sees what is committed, as on PostgreSQL. What takes long would hold up everybody else:
it is broken off, and takes the way through the thread from then on.
"""

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

# Of SQLite's virtual machine: a millisecond or two. A read has between one and two times as many.
STEPS = 40_000
# So often a statement that was too long goes the other way, before it is tried here again.
_TIMES = 1000
_MOST_KNOWN = 1000
_READS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
# Broken off; or it writes, for all that it begins like a read.
_NOT_FOR_HERE = (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_READONLY)
# Statements that stay prepared.
_PREPARED = 256


class QuickReads:
    def __init__(self, path: str) -> None:
        """Raises sqlite3.Error."""
        # Nothing here waits: where somebody holds the whole file, the thread does.
        self._raw = sqlite3.connect(
            path,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=_PREPARED,
        )
        self._raw.row_factory = sqlite3.Row
        self._raw.execute("PRAGMA query_only = ON")
        self._raw.set_progress_handler(self._ticked, STEPS)
        self._ticks = 0
        self._others: dict[str, int] = {}

    def fetch(self, query: str, values: Sequence[Any]) -> list[sqlite3.Row] | None:
        """None when it is not for here: it reads nothing, it takes long, or something is wrong with
        it, which whoever asks elsewhere is told."""
        if _READS.match(query) is None or self._goes_the_other_way(query):
            return None
        self._ticks = 0
        try:
            return self._raw.execute(query, values).fetchall()
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode in _NOT_FOR_HERE and len(self._others) < _MOST_KNOWN:
                self._others[query] = _TIMES
            return None
        except (sqlite3.Error, OverflowError):
            return None

    def close(self) -> None:
        self._raw.close()

    def _goes_the_other_way(self, query: str) -> bool:
        left = self._others.get(query)
        if left is None:
            return False
        if left:
            self._others[query] = left - 1
            return True
        del self._others[query]
        return False

    def _ticked(self) -> bool:
        """True breaks off. SQLite counts the steps of a prepared statement over all its runs: the
        first tick may be due to those before."""
        self._ticks += 1
        return self._ticks > 1
