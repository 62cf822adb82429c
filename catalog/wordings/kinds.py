"""What values variables have, how they are kept and how people read them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_THIN = {"ru": "\u00a0", "en": ","}
# A number of 15 digits, its marks and six decimals; `31 Dec 2026`.
LONGEST_NUMBER = 28
LONGEST_DATE = 11


class Kind(StrEnum):
    """As catalog.looks.card_fields has them. Numbers and amounts are kept as `1250.50`, days as
    `2026-12-31`."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


COUNTED = frozenset({Kind.NUMBER, Kind.MONEY})


def number_of(kept: str) -> Decimal | None:
    return Decimal(kept) if _NUMBER.fullmatch(kept) else None


def shown(kind: Kind, kept: str, language: str, longest: int = 0) -> str:
    """What does not look like its kind is shown as it is. Always one line, of what can be read;
    `longest` characters at most, 0 for as many as there are."""
    if kind in COUNTED and (number := number_of(kept)) is not None:
        return _number(number, language, cents=kind is Kind.MONEY)
    if kind is Kind.DATE and (day := _day(kept)) is not None:
        months = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        return f"{day:%d.%m.%Y}" if language == "ru" else months
    line = one_line(kept)
    return line if not longest or len(line) <= longest else line[: longest - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """Without what cannot be seen and turns the text around it about."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = (" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    seen = (char for char in spaced if unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"})
    return " ".join("".join(seen).split())


def _number(number: Decimal, language: str, *, cents: bool) -> str:
    sign, whole, rest = _digits(number)
    if cents and rest:
        rest = rest.ljust(2, "0")
    grouped = f"{int(whole):,}".replace(",", _THIN[language])
    point = "," if language == "ru" else "."
    return f"{sign}{grouped}{point}{rest}" if rest else f"{sign}{grouped}"


def _digits(number: Decimal) -> tuple[str, str, str]:
    """The sign, what stands before the point, and what after it says anything."""
    whole, _, rest = f"{abs(number):f}".partition(".")
    return "-" if number < 0 else "", whole, rest.rstrip("0")


def _day(kept: str) -> date | None:
    try:
        return date.fromisoformat(kept) if len(kept) == 10 else None
    except ValueError:
        return None
