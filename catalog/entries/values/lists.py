"""Lists: how many items, and none of them twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from catalog.entries.values.wrong import all_of, also, kind_of, missing, shown, twice, wrong

# Of a list that is so many times too long nothing else is told.
_WORTH_READING = 10
_Complaint = tuple[tuple[int | str, ...], PydanticCustomError]


def beside(
    handler: core_schema.ValidatorFunctionWrapHandler, given: Any, complaints: list[_Complaint]
) -> Any:
    """What the handler makes of it. Its mistakes and the complaints are raised together."""
    try:
        read = handler(given)
    except ValidationError as found:
        raise (also(found, all_of(*complaints)) if complaints else found) from None
    if complaints:
        raise all_of(*complaints)
    return read


@dataclass(frozen=True, slots=True)
class Listed:
    """`least` to `most` items. `counted` is "has {} pictures", `expected` the bounds in words;
    `again` is what is said of an item that is there before: "{} stands twice in cities"."""

    most: int
    counted: str
    expected: str
    least: int = 0
    wanted: str = "a list"
    # The key by which groups of keys are told apart, "" for a list of texts.
    by: str = ""
    again: str = ""
    once: str = "each once"
    # Where in the item the complaint is placed, "" for the item itself.
    at: str = ""

    def _read(self, given: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
        """Mistakes of the list and of its items together."""
        if not isinstance(given, list | tuple):
            raise wrong(f"is {kind_of(given)}", "a list")
        if len(given) > _WORTH_READING * self.most:
            raise wrong(self.counted.format(len(given)), self.expected)
        return beside(handler, given, [*self._number(len(given)), *self._repeated(given)])

    def _number(self, count: int) -> Iterator[_Complaint]:
        if self.least == 1 and not count:
            yield (), missing(self.wanted)
        elif not self.least <= count <= self.most:
            yield (), wrong(self.counted.format(count), self.expected)

    def _repeated(self, items: list[Any] | tuple[Any, ...]) -> Iterator[_Complaint]:
        first: dict[str, int] = {}
        for place, item in enumerate(items):
            key = item.get(self.by) if isinstance(item, Mapping) else item
            if isinstance(key, str) and isinstance(item, Mapping) == bool(self.by):
                before = first.setdefault(key.strip(), place)
                if before != place and self.again:
                    yield self._place(place), self._twice(key.strip(), before)

    def _place(self, place: int) -> tuple[int | str, ...]:
        return (place, self.at) if self.at else (place,)

    def _twice(self, key: str, before: int) -> PydanticCustomError:
        if self.at:
            return wrong(self.again.format(shown(key)), self.once)
        return twice(self.again.format(shown(key)), self.once, before)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        found = dict(handler(schema))
        least = {"minItems": self.least} if self.least else {}
        return {**found, **least, "maxItems": self.most, "uniqueItems": True}
