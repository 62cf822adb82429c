"""What a program's plastic looks like: a rule by which a photographed barcode is its own."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator
from pydantic_core import PydanticCustomError

from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Whole, Word
from catalog.entries.values.symbol import unscannable
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import all_of, shown, wrong
from catalog.recognition import Check, Rule
from models.barcode_format import BarcodeFormat

_MASK = Text(
    128,
    like=re.compile(r"[ -~]{1,128}"),
    form="# for a digit, @ for a letter, * for any character",
)


class RuleEntry(Entry):
    """Everything that is set must fit."""

    format: Annotated[BarcodeFormat, Word(BarcodeFormat)] = Field(
        description="The barcode of the plastic.", examples=["ean13"]
    )
    prefix: Annotated[str, Text(200)] = Field(
        default="", description="How the encoded value begins.", examples=["299"]
    )
    length: Annotated[int | None, Whole(2, 128)] = Field(
        default=None, description="How many characters it has.", examples=[13]
    )
    mask: Annotated[str, _MASK] = Field(
        default="",
        description="# is a digit, @ a Latin letter, * anything, all else itself.",
        examples=["LV-########"],
    )
    check: Annotated[Check, Word(Check)] = Field(
        default=Check.NONE, description="How the last digit is computed.", examples=["luhn"]
    )
    example: Annotated[str | None, Text(128)] = Field(
        default=None,
        validate_default=True,
        description="A number as it is printed, which nobody has; people compare theirs with it.",
        examples=["2990 0000 0001 9"],
    )

    @field_validator("example", mode="wrap")
    @classmethod
    def _tells(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> str | None:
        """The last of the fields, so all others are known; without one of them nothing is said."""
        example = handler(given) if given is not None else None
        if info.data.keys() >= {"format", "prefix", "length", "mask", "check"}:
            rule = Rule(**info.data, example=example or "")
            complaints = [((), each) for each in _complaints(rule)]
            if complaints:
                raise all_of(*complaints)
        return example

    def rule(self) -> Rule:
        return Rule(
            self.format, self.prefix, self.length, self.mask, self.check, self.example or ""
        )


def _complaints(rule: Rule) -> Iterator[PydanticCustomError]:
    if not rule.tells:
        expected = "prefix, mask, length or check beside it"
        yield wrong("alone fits the cards of every brand", expected, at="format")
    number = rule.example.replace(" ", "")
    complaint = unscannable(rule.format, number) if rule.example else None
    if complaint is not None:
        yield wrong(f"is no {rule.format.value} number", complaint)
    elif rule.example and not rule.fits(rule.format, number):
        expected = "a number that does, or no example when the barcode carries another one"
        yield wrong(f"is {shown(rule.example)}, which does not fit its own rule", expected)
