"""The cities of an offer: everywhere, or a list of those that the product knows."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.lists import Listed
from catalog.entries.values.suggest import one_city_of
from catalog.entries.values.texts import Item
from catalog.entries.values.wrong import shown, wrong
from catalog.reference.reference import load_reference

EVERYWHERE = "everywhere"
EXPECTED = f"{EVERYWHERE}, or a list of cities such as [moscow, kazan]"
_MOST = 1000


def unknown_city(key: str) -> str:
    """What was expected instead, "" when there is such a city."""
    known = load_reference().cities
    return "" if key in known else one_city_of(known, key)


_List = Annotated[
    tuple[Annotated[str, Item("cities", unknown=unknown_city)], ...],
    Listed(_MOST, "has {} cities", f"at most {_MOST}", again="{} stands twice in cities"),
]


@dataclass(frozen=True, slots=True)
class Cities:
    """Read as the keys of the cities; None is everywhere."""

    wanted: str = EXPECTED

    def _read(self, given: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(given, str):
            return handler(given)
        if given.strip() != EVERYWHERE:
            raise wrong(f"is {shown(given)}", EXPECTED)
        return None

    def __get_pydantic_core_schema__(
        self, _source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            self._read,
            handler.generate_schema(_List),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda cities: EVERYWHERE if cities is None else list(cities)
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "const": EVERYWHERE}, handler(schema)]}
