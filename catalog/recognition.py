"""A rule that tells one program's numbers from another's, and its JSON."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.barcode_format import BarcodeFormat


class Check(StrEnum):
    """How the last digit follows from the others. EAN and UPC carry theirs anyway."""

    NONE = "none"
    LUHN = "luhn"
    GS1 = "gs1"


_OF_ONE_LENGTH = {BarcodeFormat.EAN13, BarcodeFormat.EAN8, BarcodeFormat.UPCA}
_MASK_PARTS = {"#": "[0-9]", "@": "[A-Za-z]", "*": "."}


@dataclass(frozen=True, slots=True)
class Rule:
    """Everything that is set must fit. `mask`: # is a digit, @ a Latin letter, * anything, and
    any other character itself."""

    format: BarcodeFormat
    prefix: str = ""
    length: int | None = None
    mask: str = ""
    check: Check = Check.NONE
    # A number as it is printed on the plastic, for people to compare theirs with.
    example: str = ""

    @property
    def tells(self) -> bool:
        """Whether it tells one brand's cards from all others of their kind."""
        long = self.length is not None and self.format not in _OF_ONE_LENGTH
        return bool(self.prefix or self.mask or long or self.check is not Check.NONE)

    def fits(self, barcode_format: BarcodeFormat | None, value: str) -> bool:
        """`barcode_format` None: the number was typed, nobody knows its barcode."""
        return (
            barcode_format in {None, self.format}
            and value.startswith(self.prefix)
            and self.length in {None, len(value)}
            and (not self.mask or _like(self.mask, value))
            and _checked(self.check, value)
        )

    @property
    def weight(self) -> int:
        """How much it says: what is more particular is offered first."""
        literal = sum(char not in _MASK_PARTS for char in self.mask)
        return 2 * len(self.prefix) + 2 * literal + bool(self.length) + (self.check != Check.NONE)

    def to_json(self) -> dict[str, Any]:
        given = {
            "prefix": self.prefix,
            "length": self.length,
            "mask": self.mask,
            "example": self.example,
        }
        check = {} if self.check is Check.NONE else {"check": self.check.value}
        return {"format": self.format.value, **{k: v for k, v in given.items() if v}, **check}


def rule_from_json(given: dict[str, Any]) -> Rule:
    return Rule(
        format=BarcodeFormat(given["format"]),
        prefix=given.get("prefix", ""),
        length=given.get("length"),
        mask=given.get("mask", ""),
        example=given.get("example", ""),
        check=Check(given.get("check", Check.NONE)),
    )


def _like(mask: str, value: str) -> bool:
    pattern = "".join(_MASK_PARTS.get(char) or re.escape(char) for char in mask)
    return re.fullmatch(pattern, value, re.DOTALL) is not None


def _checked(check: Check, value: str) -> bool:
    if check is Check.NONE:
        return True
    if not (value.isascii() and value.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(value)]
    if check is Check.GS1:
        return sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
