"""PostgreSQL's COPY: the quickest way in for many rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from tortoise.exceptions import IntegrityError

from backend.platform.database import connection

# What would end a value, a row or all of it, or stands for nothing.
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


async def copy_in(table: str, names: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Inside a transaction. Values are texts as PostgreSQL reads them, none is NULL: a driver that
    spells each value for its column takes longer than the database to write it. Raises
    IntegrityError, and then the transaction is broken."""
    import asyncpg  # noqa: PLC0415  see backend/platform/away.py

    raw: Any = connection()._connection  # noqa: SLF001
    try:
        # asyncpg takes bytes for the name of a file.
        source = memoryview(spelled(lines))
        await raw.copy_to_table(table, source=source, columns=list(names), format="text")
    except asyncpg.IntegrityConstraintViolationError as wrong:
        raise IntegrityError(wrong) from wrong


def spelled(lines: Iterable[Sequence[str]]) -> bytes:
    """In the text format of COPY."""
    held = list(lines)
    text = "\n".join(["\t".join(line) for line in held])
    if "\\" in text or "\r" in text or not _is_as_wide(text, held):
        text = "\n".join(["\t".join([v.translate(_ESCAPED) for v in line]) for line in held])
    return (text + "\n").encode() if held else b""


def _is_as_wide(text: str, lines: Sequence[Sequence[str]]) -> bool:
    """Whether tabs and ends of lines stand between values alone."""
    ends, tabs = len(lines) - 1, sum(map(len, lines)) - len(lines)
    return text.count("\n") == max(ends, 0) and text.count("\t") == tabs
