"""One bound for every text, number and date of a card, whatever file, link or picture it is from.

`ExchangeCard` asks here when it is made, so that no reader can let anything else through. The
limits of a number are those of the table `cards`.
"""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

LONGEST_NAME = 100
LONGEST_NUMBER = 128
LONGEST_VALUE = 512
LONGEST_NOTE = 10_000
LONGEST_WORD = 32
"""Of a currency, an encoding, a symbology's name."""
MOST_GROUPS = 50
LONGEST_GROUP = 100
LARGEST_AMOUNT = 10**12
_PLACES = 6
_YEARS = range(1900, 2201)
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class OutOfBounds(ValueError):
    """A value that no card has. `field` is the card's, `expected` says what would have done."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: expected {expected}")
        self.field = field
        self.expected = expected


def text(field: str, given: str, longest: int, *, shortest: int = 0) -> str:
    """Raises OutOfBounds, also for what no database keeps: NUL and half a character."""
    if not shortest <= len(given) <= longest or (shortest and not given.strip()):
        least = f"{shortest} to" if shortest else "at most"
        raise OutOfBounds(field, f"{least} {longest} characters")
    if "\0" in given or any("\ud800" <= sign <= "\udfff" for sign in given):
        raise OutOfBounds(field, "characters that can be written down")
    return given


def amount(field: str, given: Decimal) -> Decimal:
    """Finite, below 10^12, at most six places. The exponent is looked at first: a number like
    1e-700000000 is short to write and takes gigabytes to write out. Raises OutOfBounds."""
    expected = "a number below 10^12 with at most 6 places"
    if not given.is_finite():
        raise OutOfBounds(field, expected)
    exponent = given.as_tuple().exponent
    assert isinstance(exponent, int)
    if not -_PLACES <= exponent <= 12 or abs(given) >= LARGEST_AMOUNT:
        raise OutOfBounds(field, expected)
    return given.quantize(Decimal(1)) if exponent > 0 else given


def moment(field: str, given: datetime | None) -> datetime | None:
    """In UTC; without an offset it stays as it is. Raises OutOfBounds."""
    if given is None:
        return None
    if given.year not in _YEARS:
        raise OutOfBounds(field, f"a date from {_YEARS[0]} to {_YEARS[-1]}")
    return given if given.tzinfo is None else given.astimezone(UTC)


def last_moment(field: str, given: datetime | None) -> datetime | None:
    """As `moment`; the far years that other wallets write for «never» are None."""
    never = given is not None and given.year > _YEARS[-1]
    return None if never else moment(field, given)


def color(field: str, given: str | None) -> str | None:
    """#RRGGBB. Raises OutOfBounds."""
    if given and not _COLOR.fullmatch(given):
        raise OutOfBounds(field, "#RRGGBB")
    return given


def groups(field: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """Raises OutOfBounds."""
    if len(given) > MOST_GROUPS:
        raise OutOfBounds(field, f"at most {MOST_GROUPS} groups")
    return tuple(text(field, name, LONGEST_GROUP) for name in given)


def fitted(given: str, longest: int) -> str:
    """What is left of a text that was kept before there were bounds."""
    kept = "".join(sign for sign in given if sign != "\0" and not "\ud800" <= sign <= "\udfff")
    return kept[:longest]


def fitted_amount(given: str) -> Decimal:
    """An amount that was kept before there were bounds; 0 when it is none."""
    try:
        return amount("balance", Decimal(given or 0))
    except (OutOfBounds, InvalidOperation):
        return Decimal(0)


def fitted_moment(given: datetime | None) -> datetime | None:
    """A date that was kept before there were bounds; None when it is out of them."""
    try:
        return last_moment("expires", given)
    except OutOfBounds:
        return None
