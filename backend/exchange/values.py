"""Single values of exchange formats: moments, money, colours, flags."""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from backend.exchange import bounds

ZERO = Decimal(0)
LONGEST_CELL = 100_000
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.IGNORECASE)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


LONGEST_QUOTE = 40


def quoted(text: str) -> str:
    """For a report: enough of a value to find it in the file."""
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…")


def moment_of(text: str, *, per_second: int) -> datetime | None:
    """UNIX time with `per_second` units in a second; empty is None. Raises ValueError."""
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text) / per_second, UTC)
    except (ValueError, OverflowError, OSError) as wrong:
        raise ValueError(f"{quoted(text)} is not a UNIX time") from wrong


def unix_of(moment: datetime | None, *, per_second: int) -> str:
    return "" if moment is None else str(round(moment.timestamp() * per_second))


def amount_of(text: str) -> Decimal:
    """A decimal; empty is 0. Raises ValueError."""
    if not text:
        return Decimal(0)
    try:
        return bounds.amount("balance", Decimal(text))
    except InvalidOperation as wrong:
        raise ValueError(f"{quoted(text)} is not a number") from wrong


def color_of_argb(text: str) -> str | None:
    """A signed 32-bit ARGB integer. Raises ValueError."""
    if not text:
        return None
    try:
        number = int(text)
    except ValueError as wrong:
        raise ValueError(f"{quoted(text)} is not a colour number") from wrong
    return f"#{number & 0xFFFFFF:06X}"


def argb_of(color: str | None) -> str:
    if color is None or not _HEX.fullmatch(color):
        return ""
    opaque = 0xFF000000 | int(color[1:], 16)
    return str(opaque - (1 << 32))


def color_of_css(text: str) -> str | None:
    """`rgb(r, g, b)` or `#rrggbb`; anything else is None: passes have other forms, too."""
    found = _RGB.fullmatch(text.strip())
    if found:
        red, green, blue = (min(255, int(part)) for part in found.groups())
        return f"#{red:02X}{green:02X}{blue:02X}"
    return text.strip().upper() if _HEX.fullmatch(text.strip()) else None


def flag_of(text: str) -> bool:
    """`1` or `0`, empty is no. Raises ValueError."""
    if text not in {"", "0", "1"}:
        raise ValueError(f"{quoted(text)} is neither 0 nor 1")
    return text == "1"
