"""A free card number: what people read, and what the barcode carries."""

import re
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from catalog.entries.values.around import around
from catalog.entries.values.entry import Entry
from catalog.entries.values.symbol import unscannable
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import shown, told
from models.barcode_format import BarcodeFormat

_LONGEST_PRINTED = 128
_LONGEST_VALUE = 512
_SPREADSHEET = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")


def value_of(printed: str, value: str) -> str:
    """What the barcode carries: without a value, the printed number without its spaces."""
    return value or printed.replace(" ", "")


def number_mistake(
    printed: str, value: str, barcode_format: BarcodeFormat | None
) -> tuple[str, str] | None:
    """What is wrong and what was expected; a file has millions, so no model is made of each."""
    if ("e" in printed or "E" in printed) and _SPREADSHEET.fullmatch(printed):
        was = f"{shown(printed)} was rounded by a spreadsheet"
        return was, "all digits: format the column as text"
    if len(printed) > _LONGEST_PRINTED or len(value) > _LONGEST_VALUE:
        longest = f"at most {_LONGEST_PRINTED} printed and {_LONGEST_VALUE} in the barcode"
        return "the number is too long", longest
    if not (printed.isprintable() and value.isprintable()):
        return "the number has control characters", "printable characters"
    complaint = unscannable(barcode_format, value) if barcode_format else None
    if barcode_format is None or complaint is None:
        return None
    return f"{shown(value)} is no {barcode_format.value} number", complaint


class NumberEntry(Entry):
    """One free number of a program's pool."""

    expected = "printed_number, and barcode_value where it differs"

    printed_number: Annotated[str, Text(_LONGEST_PRINTED)] = Field(
        description="What people read.", examples=["4600 0000 0001 5"]
    )
    barcode_value: Annotated[str, Text(_LONGEST_VALUE)] = Field(
        default="",
        validate_default=True,
        description="What the barcode carries; the printed number without spaces, if left out.",
        examples=["4600000000015"],
    )

    @field_validator("barcode_value", mode="wrap")
    @classmethod
    def _scannable(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> str:
        printed = info.data.get("printed_number", "")
        value = value_of(printed, handler(given) if given else "")
        mistake = number_mistake(printed, value, around(info).barcode_format) if printed else None
        if mistake:
            raise told(*mistake)
        return value
