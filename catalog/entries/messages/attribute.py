"""What an account's own system says of a person: texts, numbers, yes and no, by keys of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.entry import Entry
from catalog.entries.values.key import FIELD_KEY, LONGEST, is_field_key
from catalog.entries.values.lists import Listed
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text, printable
from catalog.entries.values.wrong import all_of, kind_of, shown, told, wrong

MOST = 50
MOST_PEOPLE = 500
LONGEST_TEXT = 200
_LARGEST = 10**12
_EXPECTED = "a text, a number, true or false"
Value = str | bool | Decimal


@dataclass(frozen=True, slots=True)
class Attributes:
    """Values by their keys; every mistake at once."""

    wanted: str = "values by their keys"

    def read(self, given: Any) -> dict[str, Value]:
        if not isinstance(given, Mapping):
            raise wrong(f"is {kind_of(given)}", self.wanted)
        if len(given) > MOST:
            raise wrong(f"has {len(given)} attributes", f"at most {MOST}")
        read, complaints = dict[str, Value](), []
        for key, value in given.items():
            mistake = self._mistake(key, value)
            if mistake is not None:
                complaints.append(((str(key),), told(*mistake)))
            else:
                read[key] = _kept(value)
        if complaints:
            raise all_of(*complaints)
        return read

    def _mistake(self, key: Any, value: Any) -> tuple[str, str] | None:
        if not isinstance(key, str) or not is_field_key(key):
            form = f"a-z, 0-9 and _, beginning with a letter, at most {LONGEST}"
            return f"{shown(str(key))} is no key", form
        if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT and printable(value):
            return None
        if isinstance(value, str):
            return f"{key} is {shown(value)}", f"1 to {LONGEST_TEXT} characters"
        if isinstance(value, bool) or (
            isinstance(value, int | float) and -_LARGEST < value < _LARGEST
        ):
            return None
        return f"{key} is {kind_of(value)}", _EXPECTED

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
        number = {"type": "number", "minimum": 1 - _LARGEST, "maximum": _LARGEST - 1}
        return {
            "type": "object",
            "maxProperties": MOST,
            "propertyNames": {"pattern": f"^{FIELD_KEY.pattern}$", "maxLength": LONGEST},
            "additionalProperties": {"anyOf": [text, number, {"type": "boolean"}]},
        }


def _kept(value: str | bool | float) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.strip()
    return Decimal(str(value)).quantize(Decimal("0.000001"))


_VALUES = Annotated[dict[str, Any], Attributes()]
_EXAMPLE = {"vip": True, "favourite_shelf": "tea", "lifetime_value": 12500.5}
_CLEAR = Listed(MOST, "has {} names", f"at most {MOST}", again="{} stands twice")


class AttributesEntry(Entry):
    """All that is known of the person."""

    attributes: _VALUES = Field(
        description="By keys of your own: texts, numbers, true and false.", examples=[_EXAMPLE]
    )


class AttributesChanged(Entry):
    """What is left out stays as it is."""

    attributes: _VALUES = Field(
        default_factory=dict, description="What is to be there.", examples=[_EXAMPLE]
    )
    clear: Annotated[tuple[Annotated[str, Text(LONGEST)], ...], _CLEAR] = Field(
        default=(), description="Keys of what is to go.", examples=[["vip"]]
    )


class AttributesOfOne(AttributesChanged):
    """Of one of several people."""

    customer: Annotated[int, Whole(1, 10**12 - 1, wanted="the id of a customer")] = Field(
        description="Whom it is about.", examples=[7301]
    )


class AttributesOfMany(Entry):
    """Of several people at once."""

    items: Annotated[
        tuple[AttributesOfOne, ...],
        Listed(MOST_PEOPLE, "has {} people", f"1 to {MOST_PEOPLE}", least=1, wanted="people"),
    ] = Field(
        description="What is to be there, and what is to go.",
        examples=[[{"customer": 7301, "attributes": _EXAMPLE}]],
    )
