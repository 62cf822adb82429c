"""A copy of a SQLite database in use: whole, checked, private, and it says that it is a copy.

SQLite's own backup, in one step: with a write-ahead log a reader holds up no writer, whereas a
copy in small steps begins anew whenever somebody writes in between. The copy appears under its
name only when it is complete and sound.
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from backend.platform.secrets.private_file import draft_beside, synced

# A database that this copy is put in the place of went back in time, and knows it from here.
# A schema of before cannot be told; the other signs remain.
_KNOWS_RESTORATIONS = "SELECT 1 FROM sqlite_master WHERE name = 'restorations'"
_STAMP = """
INSERT INTO restorations (noticed_at, noticed_by, state, set_aside)
SELECT ?, 'backup', 'open', '{}' WHERE NOT EXISTS (
    SELECT 1 FROM restorations WHERE state = 'open')
"""


class CopyRefused(Exception):
    """What is wrong, in one line."""


def copy_database(source: Path, target: Path, now: datetime) -> None:
    """Raises CopyRefused, and OSError when the target cannot be written."""
    if not source.is_file():
        raise CopyRefused(f"{source}: there is no database to copy")
    if target.exists():
        raise CopyRefused(f"{target}: is there already; name a new file")
    with draft_beside(target) as draft:
        with (
            closing(sqlite3.connect(source)) as running,
            closing(sqlite3.connect(draft, isolation_level=None)) as copy,
        ):
            running.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            _check(copy)
            if copy.execute(_KNOWS_RESTORATIONS).fetchone() is not None:
                copy.execute(_STAMP, (now.isoformat(" "),))
        synced(draft)
        if target.exists():
            raise CopyRefused(f"{target}: appeared meanwhile; name a new file")
        draft.replace(target)
    synced(target.parent)


def _check(copy: sqlite3.Connection) -> None:
    found = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        raise CopyRefused(f"the database is damaged: {'; '.join(found)}")
    broken = copy.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise CopyRefused(f"the database is damaged: a row of {broken[0]} refers to nothing")
