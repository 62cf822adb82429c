"""Who is meant: a tree of conditions, and what stands beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Union

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from catalog.entries.messages.condition import CONDITIONS
from catalog.entries.mistakes import Way, mistakes_of
from catalog.entries.values.entry import Entry
from catalog.entries.values.suggest import one_of
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import all_of, kind_of, shown, told
from catalog.reference.reference import load_reference

MOST_IN_A_GROUP = 20
MOST = 50
# So many mistakes are told; behind them nothing is looked at.
WORTH_READING = 100
MOST_GUESSED = 20
_GROUPS = ("all", "any")
_EXPECTED = "all, any, not, or a field with what is asked of it"
Complaint = tuple[Way, PydanticCustomError]


@dataclass(slots=True)
class _Reading:
    """Every mistake, and how many conditions there are."""

    complaints: list[Complaint]
    conditions: int = 0

    def node(self, given: Any, way: Way, depth: int, *, denied: bool = False) -> Any:
        """As it is kept; None for what is wrong. `depth` counts the groups above."""
        if not isinstance(given, Mapping):
            return self._wrong(way, f"a condition is {kind_of(given)}", _EXPECTED)
        keys = [name for name in (*_GROUPS, "not", "field") if given.get(name) is not None]
        if len(keys) != 1:
            what = "a condition says nothing" if not keys else "a condition is several at once"
            return self._wrong(way, what, _EXPECTED)
        (key,) = keys
        if key == "field":
            return self._condition(given, way)
        for other in given:
            if other != key:
                said = f"{shown(str(other))} stands beside {key}"
                self._wrong((*way, str(other)), said, "nothing beside it")
        if key == "not":
            return self._denial(given["not"], (*way, "not"), depth, denied)
        return self._group(key, given[key], (*way, key), depth)

    def _denial(self, given: Any, way: Way, depth: int, denied: bool) -> Any:
        if denied:
            return self._wrong(way, "not stands inside not", "what is meant, without either")
        return {"not": self.node(given, way, depth, denied=True)}

    def _group(self, key: str, given: Any, way: Way, depth: int) -> Any:
        if depth > 1:
            return self._wrong(way, "a group stands in a group of a group", "one level of groups")
        if not isinstance(given, list | tuple):
            return self._wrong(way, f"{key} is {kind_of(given)}", "a list of conditions")
        if not 1 <= len(given) <= MOST_IN_A_GROUP:
            expected = f"1 to {MOST_IN_A_GROUP}"
            return self._wrong(way, f"{key} has {len(given)} conditions", expected)
        return {key: [self.node(each, (*way, at), depth + 1) for at, each in enumerate(given)]}

    def _condition(self, given: Mapping[str, Any], way: Way) -> Any:
        self.conditions += 1
        if self.conditions == MOST + 1:
            self._wrong(way, "there are too many conditions", f"{MOST} at most")
        if self.conditions > MOST or len(self.complaints) >= WORTH_READING:
            return None
        field = given["field"]
        model = CONDITIONS.get(field) if isinstance(field, str) else None
        if model is None:
            expected = one_of(CONDITIONS, field if isinstance(field, str) else "")
            return self._wrong((*way, "field"), f"field is {shown(field)}", expected)
        unknown = _unknown_cities(given) if field == "city" else 0
        if unknown > MOST_GUESSED:
            what = f"{unknown} of the cities are unknown"
            return self._wrong((*way, "in"), what, "keys of cities, such as kazan")
        try:
            read = model.model_validate(given)
        except ValidationError as found:
            for each in mistakes_of(model, found, "a condition"):
                self._wrong((*way, *each.way), each.what, each.expected)
            return None
        for at, error in read.complaints():
            said = error.context or {}
            self._wrong((*way, at), f"{at} {said['what']}", said["expected"])
        return read.kept()

    def _wrong(self, way: Way, what: str, expected: str) -> None:
        self.complaints.append((way, told(what, expected)))


def _unknown_cities(given: Mapping[str, Any]) -> int:
    """Guessing what was meant takes its time for each."""
    cities, known = given.get("in"), load_reference().cities
    if not isinstance(cities, list | tuple):
        return 0
    return sum(1 for key in cities if not isinstance(key, str) or key.strip() not in known)


@dataclass(frozen=True, slots=True)
class Tree:
    """Read as it is kept: plain JSON. `{"all": […]}`, `{"any": […]}`, `{"not": …}` or a condition;
    a group may stand in a group, and in that none."""

    wanted: str = _EXPECTED

    def _read(self, given: Any, _handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
        reading = _Reading([])
        read = reading.node(given, (), 0)
        if reading.complaints:
            raise all_of(*reading.complaints)
        return read

    def __get_pydantic_core_schema__(
        self, _source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        conditions = handler.generate_schema(Union[tuple(CONDITIONS.values())])  # noqa: UP007
        return core_schema.no_info_wrap_validator_function(
            self._read,
            conditions,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda tree: tree),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        condition = dict(handler(schema))
        inner = {"anyOf": [condition, _denied(condition)]}
        group = {"anyOf": [inner, *_groups(inner)]}
        return {"anyOf": [group, _denied(group), *_groups(group)]}


def _denied(schema: JsonSchemaValue) -> JsonSchemaValue:
    return _only("not", schema)


def _groups(schema: JsonSchemaValue) -> Iterator[JsonSchemaValue]:
    listed = {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_IN_A_GROUP}
    for key in _GROUPS:
        yield _only(key, listed)


def _only(key: str, schema: JsonSchemaValue) -> JsonSchemaValue:
    return {
        "type": "object",
        "properties": {key: schema},
        "required": [key],
        "additionalProperties": False,
    }


TREE_EXAMPLE: Mapping[str, Any] = {
    "all": [
        {"field": "city", "in": ["kazan", "ufa"]},
        {"field": "card", "is": "has"},
        {"not": {"field": "last_seen", "within_days": 30}},
    ]
}
Audience = Annotated[
    dict[str, Any] | None,
    Tree(),
    Field(
        default=None,
        description="Who is meant: a condition, or several under `all` or `any`, which may hold "
        "such groups themselves; `not` before either. Left out: everybody.",
        examples=[TREE_EXAMPLE],
    ),
]


class SegmentEntry(Entry):
    """Who is meant, under a name of its own."""

    name: Annotated[str, Text(200)] = Field(
        description="By which people find it.", examples=["Kazan and Ufa, not seen for a month"]
    )
    tree: Audience
