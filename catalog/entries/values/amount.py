"""An amount with two decimals, as a decimal text."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.wrong import shown, wrong

_LIKE = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Amount:
    """May be less than nothing."""

    def read(self, given: Any) -> Decimal:
        if isinstance(given, str) and _LIKE.fullmatch(given):
            return Decimal(given).quantize(Decimal("0.01"))
        raise wrong(f"is {shown(given)}", "an amount such as 120 or 120.50, as text")

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{_LIKE.pattern}$"}
