"""What the nouns share."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.brands.put import Saved
from catalog.entries.values.key import NEW_KEY
from models.refusal import Code, Refusal

_TO_THE_SECOND = len("2026-11-20T09:15:00")

NewKey = Annotated[
    str,
    NEW_KEY,
    Field(description="By which it is known for ever.", examples=["lavka"]),
]


class TwoTexts(BaseModel):
    """One text in both languages."""

    ru: str = Field(description="In Russian.")
    en: str = Field(description="In English.")


def must_be_new(saved: Saved) -> None:
    """Refuses with key_taken what was there before: the transaction undoes what was written."""
    if saved is not Saved.MADE:
        raise Refusal(Code.KEY_TAKEN)


def without_nothing(value: Mapping[str, Any]) -> dict[str, Any]:
    """What is not set is left out: neither null nor ""."""
    return {name: each for name, each in value.items() if each not in (None, "")}


def both(row: object, column: str) -> dict[str, str]:
    """A text in both languages, of the columns `…_ru` and `…_en`."""
    return {side: str(getattr(row, f"{column}_{side}")) for side in ("ru", "en")}


def row_id(named: str) -> int:
    """An id in an address; 0, which nobody has, for what is none."""
    return int(named) if named.isascii() and named.isdigit() and len(named) <= 18 else 0


def instant(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second."""
    if moment is None:
        return None
    there = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return there.isoformat()[:_TO_THE_SECOND] + "Z"
