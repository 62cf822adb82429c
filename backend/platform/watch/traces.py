"""A traceback for the log: where it happened and what kind of error, never what a person wrote.

The text of an error may quote the value that caused it («invalid date: 31 февраля»). So a text
is shown only where it is known to be made of our own words or of a schema's names; of every
other error its type and its lines must do.
"""

import re
import traceback
from types import TracebackType

from backend.platform.watch.redact import redact

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

# Their errors are worded by us, or by a server that repeats no values.
_OURS = {"backend", "bot", "catalog", "models", "aiogram"}
# These name constraints and columns, and quote values: what is quoted goes.
_QUOTING = {"asyncpg", "tortoise", "sqlite3", "redis", "docket", "aiohttp", "aiosmtplib", "ssl"}
_SCHEMA_NAME = re.compile(r'\b(constraint|column|relation|table|index|function) "([a-z0-9_]+)"')
_QUOTED = re.compile(r""""[^"]*"|'[^']*'|«[^»]*»|\([^()]*\)=\([^()]*\)""")


def safe_trace(exc_info: ExcInfo) -> str:
    """As Python prints it, causes first."""
    return "\n".join(_chain(exc_info[1], set()))


def _chain(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    lines: list[str] = []
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        because = "direct cause of" if error.__cause__ is not None else "came before"
        lines = [*_chain(before, seen), f"({because})"]
    lines.append("Traceback (most recent call last):")
    lines += [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
    lines.append(headline(error))
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            lines += [f"  | {line}" for line in _chain(each, seen)]
    return lines


def headline(error: BaseException) -> str:
    """The type, and the text where it may be shown."""
    name = type(error).__name__
    text = _text(error)
    return f"{name}: {text}" if text else name


def _text(error: BaseException) -> str:
    module = type(error).__module__.split(".")[0]
    if module in _OURS:
        return redact(str(error))
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if module in _QUOTING:
        first = str(error).partition("\n")[0]
        named = _SCHEMA_NAME.sub(r"\1 \2", first)
        return redact(_QUOTED.sub("…", named))
    return ""
