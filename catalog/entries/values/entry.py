"""What all entries share: keys that are known, and nothing that changes afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator


def _without_nulls(schema: dict[str, Any]) -> None:
    """A default of nothing is no default."""
    for described in schema.get("properties", {}).values():
        if described.get("default", ...) in (None, "", []):
            del described["default"]


class Entry(BaseModel):
    """A key that stands empty, null in JSON, is a key that is not there."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_without_nulls)

    # Said when something else than keys with values stands in its place.
    expected: ClassVar[str] = "keys with values"
    # By which name messages begin, when not by the way from the top.
    spoken: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            known = cls.model_fields
            return {
                key: value for key, value in given.items() if value is not None or key not in known
            }
        return given


@dataclass(frozen=True, slots=True)
class Wanted:
    """Beside a field: what people are told to give when it is not there."""

    wanted: str
