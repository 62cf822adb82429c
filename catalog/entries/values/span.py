"""Ends of a range: an amount or a day, kept as text."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.wrong import shown, wrong

AMOUNT = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    wanted: str = "a day such as 2026-12-31"
    like: str = DAY.pattern

    def read(self, given: Any) -> str:
        if is_day(given):
            return str(given)
        raise wrong(f"is {shown(given)}", "a day such as 2026-12-31")

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^(?:{self.like})$"}


@dataclass(frozen=True, slots=True)
class AmountOrDay(Day):
    """Either."""

    wanted: str = "an amount such as 120.50, or a day such as 2026-12-31, as text"
    like: str = f"{DAY.pattern}|{AMOUNT.pattern}"

    def read(self, given: Any) -> str:
        if is_day(given) or (isinstance(given, str) and AMOUNT.fullmatch(given)):
            return str(given)
        expected = "an amount such as 120.50, or a day such as 2026-12-31, as text"
        raise wrong(f"is {shown(given)}", expected)


def is_day(given: Any) -> bool:
    if not isinstance(given, str) or not DAY.fullmatch(given):
        return False
    try:
        date.fromisoformat(given)
    except ValueError:
        return False
    return given >= "1900"


def end_before(first: str | None, last: str | None) -> bool:
    """Of two ends that are there; an amount and a day are no range."""
    if first is None or last is None:
        return False
    if is_day(first) or is_day(last):
        return not (is_day(first) and is_day(last)) or last < first
    return Decimal(last) < Decimal(first)
