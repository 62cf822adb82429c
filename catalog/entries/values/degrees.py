"""Degrees north and east."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.wrong import shown, wrong


@dataclass(frozen=True, slots=True)
class Degrees:
    """A number, or a text that is one, from -`most` to `most`."""

    most: int

    def read(self, given: Any) -> float:
        try:
            value = float("nan" if isinstance(given, bool) else given)
        except (ValueError, TypeError, OverflowError):
            value = float("nan")
        if abs(value) <= self.most:
            return value
        raise wrong(f"is {shown(given)}", "degrees with a point, like 55.7558")

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "number", "minimum": -self.most, "maximum": self.most}
