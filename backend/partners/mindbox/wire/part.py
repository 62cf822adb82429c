"""What every part of an answer has in common. Everything may be missing, what is not known is let
go, and nothing raises for a value that is odd: only what is used is looked at."""

from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from backend.partners.mindbox.wire.values import Ids, Text


class Part(BaseModel):
    model_config = ConfigDict(
        extra="ignore", alias_generator=to_camel, populate_by_name=True, frozen=True
    )


def objects(value: Any, inside: str = "") -> list[dict[str, Any]]:
    """A list of objects; what wraps each in its own name is unwrapped, as XML would have it."""
    each = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    found = [one for one in each if isinstance(one, dict)]
    return [one[inside] if isinstance(one.get(inside), dict) else one for one in found]


def _object(value: Any) -> Any:
    return value if isinstance(value, dict) else None


SEVERAL = BeforeValidator(objects)
MAYBE = BeforeValidator(_object)


class Named(Part):
    """Something with ids and a name: an area, a card type, a balance type, an order."""

    ids: Ids = Field(default_factory=dict)
    name: Text = ""
