"""What is said: in one language or in both, for every channel."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, ValidationInfo, model_validator

from catalog.entries.messages.content_mistakes import Spoken, of_address, of_lengths, of_variables
from catalog.entries.values.around import around
from catalog.entries.values.entry import Entry
from catalog.entries.values.scalars import Flag
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import all_of, missing, wrong
from catalog.wordings.address import LONGEST_ADDRESS, is_address
from catalog.wordings.parts import names_of
from catalog.wordings.variables import STANDARD

LANGUAGES = ("ru", "en")
LONGEST_LETTER = 20_000
_SHA256 = re.compile("[0-9a-f]{64}")
_ADDRESS = Text(
    LONGEST_ADDRESS,
    like=re.compile("https://.+"),
    holds=is_address,
    form="an address such as https://lavka.example/sale",
    format="uri",
)
_PICTURE = Text(
    LONGEST_ADDRESS,
    holds=lambda text: bool(_SHA256.fullmatch(text)) or is_address(text),
    form="the SHA-256 of an uploaded picture, or an address such as https://lavka.example/tea.jpg",
)
_OFFER = Text(
    64,
    like=re.compile(r"[a-z0-9][a-z0-9-]*"),
    holds=lambda text: "-" in text,
    form="a brand's key and an offer's: lavka-welcome",
)


class WordingEntry(Entry):
    """In one language. `{name}` is a variable, `{points|point|points}` the form of a word that
    goes with a number, two braces stand for one. Markup is shown as it is written."""

    expected: ClassVar[str] = "a text and what else is said in this language"

    text: Annotated[str, Text(4096, wanted="what is said")] = Field(
        description="What is said, in every channel that has no form of its own.",
        examples=["{name}, у вас {points} {points|балл|балла|баллов}"],
    )
    button: Annotated[str, Text(64)] = Field(
        default="", description="On the button, where there is one.", examples=["Посмотреть"]
    )
    subject: Annotated[str, Text(200)] = Field(
        default="",
        description="Of the letter; without it the button, or the first line of the text.",
    )
    letter: Annotated[str, Text(LONGEST_LETTER)] = Field(
        default="", description="What a letter says instead of the text."
    )
    sms: Annotated[str, Text(1000)] = Field(
        default="", description="What an SMS says instead of the text and the button's address."
    )

    @model_validator(mode="before")
    @classmethod
    def _line_ends(cls, given: Any) -> Any:
        """As people's browsers send them."""
        if not isinstance(given, Mapping):
            return given
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in given.items()
        }


class OpensEntry(Entry):
    """What the button leads to: one of three."""

    expected: ClassVar[str] = "offer, card or url"

    offer: Annotated[str, _OFFER] = Field(
        default="", description="An offer: the brand's key and its own.", examples=["lavka-welcome"]
    )
    card: Annotated[bool, Flag()] = Field(
        default=False, description="The person's card; who has none sees no button."
    )
    url: Annotated[str, _ADDRESS] = Field(
        default="",
        description="An address in the internet. It becomes a short link that is counted.",
        examples=["https://lavka.example/sale"],
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(map(bool, (self.offer, self.card, self.url))) != 1:
            raise wrong("leads to none or to several", "one of offer, card and url")
        return self


class FallbackEntry(Entry):
    """What is said to whoever does not have it."""

    expected: ClassVar[str] = "a text under ru, under en or under both"

    ru: Annotated[str, Text(100)] = Field(default="", description="In Russian.")
    en: Annotated[str, Text(100)] = Field(default="", description="In English.")


class ContentEntry(Entry):
    """A wording in one language at least; whoever reads the other one gets this. Every variable
    that somebody may lack has its fallback."""

    ru: WordingEntry | None = Field(default=None, description="In Russian.")
    en: WordingEntry | None = Field(default=None, description="In English.")
    picture: Annotated[str, _PICTURE] = Field(
        default="",
        description="Uploaded by `POST /pictures?purpose=offer`, or an address in the internet.",
    )
    opens: OpensEntry | None = Field(default=None, description="What the button leads to.")
    fallbacks: dict[str, FallbackEntry] = Field(
        default_factory=dict,
        description="By variable: what is said to whoever does not have it.",
        examples=[{"name": {"ru": "друг"}}],
    )

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo[Any]) -> Self:
        if not self.wordings():
            raise all_of((("ru",), missing("a text in Russian or in English")))
        found = [*self._buttons(), *self._mistakes(info)]
        if found:
            raise all_of(*found)
        return self

    def _mistakes(self, info: ValidationInfo[Any]) -> Iterator[Any]:
        given = around(info)
        declared = {**given.variables, **STANDARD}
        used: set[str] = set()
        for each in self.wordings():
            yield from of_address(each)
            yield from of_variables(each, declared)
            yield from of_lengths(each, declared, given.label_room, picture=bool(self.picture))
            used.update(*(names_of(parts) for parts in each.parts().values()))
        for name in sorted(set(self.fallbacks) - used):
            yield ("fallbacks", name), wrong("is used by nothing", "variables that the text has")

    def _buttons(self) -> Iterator[Any]:
        for each in self.wordings():
            if self.opens is not None and not each.texts["button"]:
                yield (each.language, "button"), missing("what stands on the button")
            if self.opens is None and each.texts["button"]:
                yield (each.language, "button"), wrong("leads nowhere", "opens beside it")

    def wordings(self) -> tuple[Spoken, ...]:
        """The languages that there are."""
        found = []
        for language in LANGUAGES:
            wording = getattr(self, language)
            if wording is not None:
                texts = {name: getattr(wording, name) for name in WordingEntry.model_fields}
                instead = {name: getattr(each, language) for name, each in self.fallbacks.items()}
                found.append(Spoken(language, texts, instead))
        return tuple(found)

    def too_long(self, room: int, info: ValidationInfo[Any]) -> list[Any]:
        """The mistakes that there are where the label takes so much room."""
        declared = {**around(info).variables, **STANDARD}
        has = bool(self.picture)
        return [
            wrong_
            for each in self.wordings()
            for wrong_ in of_lengths(each, declared, room, picture=has)
        ]

    def kept(self, kinds: Mapping[str, str]) -> dict[str, Any]:
        """As backend/templates/content.py reads it. `kinds`: of the variables that are not of
        everybody."""
        told = self.model_dump(exclude_defaults=True)
        return told | ({"kinds": dict(kinds)} if kinds else {})
