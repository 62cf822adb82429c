"""Why the operator does not approve what an account has entered."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.bilingual import Bilingual
from catalog.entries.values.entry import Entry
from catalog.entries.values.texts import Both, Text

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class OneOrBoth:
    """One text for everybody, or a text in each language."""

    wanted: str = "a text, or one under ru and one under en"

    def _read(self, given: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(given, str):
            return handler(given)
        text = Text(LONGEST).read(given)
        return Bilingual(text, text)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        one = {"type": "string", "minLength": 1, "maxLength": LONGEST}
        return {"anyOf": [one, handler(schema)]}


class RefusalEntry(Entry):
    """A reason that its account reads."""

    reason: Annotated[Bilingual, Both(LONGEST), OneOrBoth()] = Field(
        description="One text, or one in each language.",
        examples=["The picture shows another brand.", {"ru": "Чужой логотип.", "en": "Not yours."}],
    )
