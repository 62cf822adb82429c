"""Points, as a decimal text: kept in whole hundredths."""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.wrong import shown, wrong
from models.ledger import POINT

# Ten million points at most.
_LIKE = re.compile(r"(?:10000000|[0-9]{1,7})(?:\.[0-9]{1,2})?")
_SIGNED = re.compile(f"-?{_LIKE.pattern}")
_MOST = 10_000_000 * POINT


@dataclass(frozen=True, slots=True)
class Points:
    """More than nothing; less, too, where they are `signed`."""

    signed: bool = False

    @property
    def wanted(self) -> str:
        return (
            "points such as 150, 150.50 or -150" if self.signed else "points such as 150 or 150.50"
        )

    def read(self, given: Any) -> int:
        if isinstance(given, str) and self._like.fullmatch(given):
            whole, _, cents = given.removeprefix("-").partition(".")
            amount = int(whole) * POINT + int(cents.ljust(2, "0"))
            if 0 < amount <= _MOST:
                return -amount if given.startswith("-") else amount
        raise wrong(f"is {shown(given)}", self.wanted)

    @property
    def _like(self) -> re.Pattern[str]:
        return _SIGNED if self.signed else _LIKE

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{self._like.pattern}$"}
