"""A field of a card in a phone: what stands there, under which name."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, ValidatorFunctionWrapHandler, field_validator

from catalog.bilingual import Bilingual
from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Word
from catalog.entries.values.texts import Both, Text
from catalog.entries.values.wrong import missing, shown, wrong
from catalog.looks.card_design import PLACES, Place, Shows

_FRONT = tuple(place for place in Place if place is not Place.BACK)
_VALUE = "{value}"
# Braces of its own, and what Apple itself puts the value in the place of.
_OTHERWISE = re.compile("[{}]|%@")


class BackFieldEntry(Entry):
    """Behind the card, where there is room."""

    shows: Annotated[Shows, Word(Shows)] = Field(
        description="What stands there; own is one of the program's card_fields.",
        examples=["text"],
    )
    own: Annotated[str | None, Text(24)] = Field(
        default=None,
        validate_default=True,
        description="The key of the card field, of own.",
        examples=["visits"],
    )
    label: Annotated[Bilingual | None, Both(40)] = Field(
        default=None,
        validate_default=True,
        description="In place of the usual name; of text always.",
        examples=[{"ru": "О программе", "en": "About"}],
    )
    text: Annotated[Bilingual | None, Both(2000)] = Field(
        default=None,
        validate_default=True,
        description="What stands there, of text.",
        examples=[{"ru": "Балл за рубль.", "en": "A point for a rouble."}],
    )
    change: Annotated[Bilingual | None, Both(100)] = Field(
        default=None,
        description="What the phone tells when the value changes, with `{value}` in the place of "
        "the new one; without it the phone stays silent.",
        examples=[{"ru": "Баллов: {value}", "en": "Points: {value}"}],
    )

    @field_validator("own", mode="wrap")
    @classmethod
    def _own(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> str | None:
        told: str | None = _of(Shows.OWN, "the key of a card field", given, handler, info)
        return told

    @field_validator("text", mode="wrap")
    @classmethod
    def _text(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Bilingual | None:
        told: Bilingual | None = _of(Shows.TEXT, "what stands there", given, handler, info)
        return told

    @field_validator("label", mode="wrap")
    @classmethod
    def _label(
        cls, given: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Bilingual | None:
        if given is None and info.data.get("shows") is Shows.TEXT:
            raise missing("what the text is called")
        return None if given is None else handler(given)

    @field_validator("change")
    @classmethod
    def _change(cls, change: Bilingual | None) -> Bilingual | None:
        for said in (change.ru, change.en) if change else ():
            if said.count(_VALUE) != 1 or _OTHERWISE.search(said.replace(_VALUE, "")):
                raise wrong(f"is {shown(said)}", "words with {value} in them once")
        return change

    @property
    def called(self) -> str:
        """What it shows, so that nothing is shown twice; of words anything."""
        return "" if self.shows is Shows.TEXT else f"{self.shows.value} {self.own or ''}".strip()


def _of(
    what: Shows,
    expected: str,
    given: Any,
    handler: ValidatorFunctionWrapHandler,
    info: ValidationInfo,
) -> Any:
    """A value that is there with `what` alone, and always."""
    is_so = info.data.get("shows") is what
    if given is None:
        if is_so:
            raise missing(expected)
        return None
    if "shows" in info.data and not is_so:
        raise wrong(f"stands without shows: {what.value}", "one of both")
    return handler(given)


class FrontFieldEntry(BackFieldEntry):
    """On the card, where everybody sees it at once."""

    place: Annotated[Place, Word(_FRONT)] = Field(
        description="Above, large in the middle, or in the rows below.", examples=["header"]
    )
    text: Annotated[Bilingual | None, Both(60)] = Field(
        default=None, validate_default=True, description="What stands there, of text."
    )


def crowded(fields: Sequence[FrontFieldEntry]) -> str:
    """What is wrong with so many of a place, "" for nothing."""
    for places, most in PLACES:
        count = sum(each.place in places for each in fields)
        if count > most:
            return f"has {count} fields in {' and '.join(places)}"
    return ""
