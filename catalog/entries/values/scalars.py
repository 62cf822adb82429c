"""Whole numbers, yes and no, one word of several: as JSON has them, or as people type them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.suggest import one_of
from catalog.entries.values.wrong import shown, wrong

_WHOLE = re.compile(r"-?[0-9]{1,12}")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `smallest` to `largest`; 30.0 is one, as JSON Schema has it."""

    smallest: int
    largest: int
    wanted: str = ""

    def read(self, given: Any) -> int:
        number = given if isinstance(given, int) and not isinstance(given, bool) else None
        if isinstance(given, float) and given.is_integer():
            number = int(given)
        if isinstance(given, str) and _WHOLE.fullmatch(given.strip()):
            number = int(given)
        if number is None or not self.smallest <= number <= self.largest:
            expected = f"a whole number from {self.smallest} to {self.largest}"
            raise wrong(f"is {shown(given)}", expected)
        return number

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "integer", "minimum": self.smallest, "maximum": self.largest}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false, in a file also `yes` or `no`."""

    def read(self, given: Any) -> bool:
        if isinstance(given, bool):
            return given
        flag = _FLAGS.get(given.strip().lower()) if isinstance(given, str) else None
        if flag is None:
            raise wrong(f"is {shown(given)}", "yes or no")
        return flag

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Word:
    """One of these words: an enumeration, or some of it."""

    words: Iterable[StrEnum]

    @property
    def wanted(self) -> str:
        return one_of(self.words, "")

    def read(self, given: Any) -> StrEnum:
        text = given.strip() if isinstance(given, str) else ""
        found = {word.value: word for word in self.words}.get(text)
        if found is None:
            raise wrong(f"is {shown(text or given)}", one_of(self.words, text))
        return found

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "enum": [word.value for word in self.words]}
