"""What a brand keeps of each card beside balance and tier: its own fields, declared on the program.

Values are kept as text, in one form for each kind: "12.5", "120.00", "2026-12-31".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from catalog.bilingual import Bilingual
from models.program import Program

MOST_FIELDS = 20
LONGEST_TEXT = 200
# Columns of a file of cards have these names.
RESERVED = ("number", "balance", "tier")
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_MONEY = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")
_EXPECTED_NUMBER = "a number such as 12 or 12.5"
_EXPECTED_MONEY = "an amount such as 120 or 120.50"
_EXPECTED_DATE = "a day such as 2026-12-31"


class CardFieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


class ValueRefused(ValueError):
    """The value does not fit its field: what is wrong, and what was expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


@dataclass(frozen=True, slots=True)
class CardField:
    """`currency` is set for money alone."""

    key: str
    label: Bilingual
    kind: CardFieldKind
    currency: str = ""


def card_fields_of(program: Program) -> tuple[CardField, ...]:
    """In the order in which they are shown."""
    return tuple(_field(kept) for kept in program.card_fields)


def _field(kept: Mapping[str, Any]) -> CardField:
    label = Bilingual(kept["label"]["ru"], kept["label"]["en"])
    return CardField(kept["key"], label, CardFieldKind(kept["type"]), kept.get("currency", ""))


def kept_value(field: CardField, given: str) -> str:
    """As it is kept. Raises ValueRefused."""
    text = given.strip()
    match field.kind:
        case CardFieldKind.NUMBER:
            return _matching(text, _NUMBER, _EXPECTED_NUMBER)
        case CardFieldKind.MONEY:
            return money(text)
        case CardFieldKind.DATE:
            return _day(text)
    if len(text) > LONGEST_TEXT:
        raise ValueRefused(f"has {len(text)} characters", f"at most {LONGEST_TEXT} characters")
    if not text.isprintable():
        raise ValueRefused("has control characters", "printable text")
    return text


def money(text: str) -> str:
    """With two decimals. Raises ValueRefused."""
    whole, _, cents = _matching(text, _MONEY, _EXPECTED_MONEY).partition(".")
    return f"{whole}.{cents.ljust(2, '0')}"


def _matching(text: str, like: re.Pattern[str], expected: str) -> str:
    if like.fullmatch(text):
        return text
    raise ValueRefused(f"is {text[:40]!r}", expected)


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise ValueRefused(f"is {text[:40]!r}", _EXPECTED_DATE)
    return day.isoformat()
