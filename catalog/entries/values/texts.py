"""Texts: bounded, trimmed and printable, in one language or in both."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, create_model
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from catalog.bilingual import Bilingual
from catalog.entries.values.entry import Entry
from catalog.entries.values.wrong import kind_of, shown, told, wrong

# How long a text may be for people to be told what it should look like rather than how long.
_READ_ANYWAY = 200


@dataclass(frozen=True, slots=True)
class Text:
    """1 to `longest` characters. `like` and `holds` say what it must look like, `form` says it to
    people; `wanted` is what they are told to give when there is nothing. `unlike` and `too_long`
    are sentences to say instead of "it is 'x'" and "it has 999 characters". `format` is JSON
    Schema's."""

    longest: int = 200
    wanted: str = "text"
    like: re.Pattern[str] | None = None
    holds: Callable[[str], bool] | None = None
    form: str = ""
    unlike: str = ""
    too_long: str = ""
    format: str = ""

    def read(self, given: Any) -> str:
        if not isinstance(given, str):
            raise wrong(f"is {kind_of(given)}", "text")
        text = given.strip()
        if not text:
            raise wrong("is empty", "text")
        if len(text) > max(self.longest, _READ_ANYWAY):
            raise self._too_long(text)
        if not printable(text):
            raise wrong("has control characters", "printable text")
        if not self._fits(text):
            raise self._unlike(text)
        if len(text) > self.longest:
            raise self._too_long(text)
        return text

    def _fits(self, text: str) -> bool:
        like = self.like is None or self.like.fullmatch(text) is not None
        return like and (self.holds is None or self.holds(text))

    def _unlike(self, text: str) -> PydanticCustomError:
        if self.unlike:
            return told(self.unlike.format(shown(text)), self.form)
        return wrong(f"is {shown(text)}", self.form)

    def _too_long(self, text: str) -> PydanticCustomError:
        if self.too_long:
            return told(self.too_long, f"at most {self.longest} characters")
        return wrong(f"has {len(text)} characters", f"at most {self.longest}")

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        pattern = {"pattern": f"^(?:{self.like.pattern})$"} if self.like else {}
        named = {"format": self.format} if self.format else {}
        return {"type": "string", "minLength": 1, "maxLength": self.longest} | pattern | named


def printable(text: str) -> bool:
    """No control characters but line ends and tabs, and no half of a character."""
    return text.isprintable() or not any(
        (ord(char) < 32 and char not in "\n\t") or 0xD800 <= ord(char) <= 0xDFFF for char in text
    )


@dataclass(frozen=True, slots=True)
class Both:
    """A text in Russian and in English, each of 1 to `longest` characters."""

    longest: int = 200
    wanted: str = "a text under ru and a text under en"

    @property
    def model(self) -> type[Entry]:
        return _two_texts(self.longest)

    def __get_pydantic_core_schema__(
        self, _source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            lambda entry: Bilingual(entry.ru, entry.en),
            handler.generate_schema(self.model),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda texts: {"ru": texts.ru, "en": texts.en}
            ),
        )


@lru_cache
def _two_texts(longest: int) -> type[Entry]:
    return create_model(
        f"Bilingual{longest}",
        __base__=TwoTexts,
        __doc__=f"One text in both languages, each at most {longest} characters.",
        ru=(Annotated[str, Text(longest, "the Russian text")], Field(description="In Russian.")),
        en=(Annotated[str, Text(longest, "the English text")], Field(description="In English.")),
    )


class TwoTexts(Entry):
    """One text in both languages."""

    expected = "two texts: ru and en"


@dataclass(frozen=True, slots=True)
class Item:
    """A text of a list that is called `of`; `unknown` gives what was expected instead, or "";
    `words` are all that are known, when they are few."""

    of: str
    longest: int = 80
    unknown: Callable[[str], str] | None = None
    words: tuple[str, ...] = ()

    def read(self, given: Any) -> str:
        text = given.strip() if isinstance(given, str) else ""
        if not 0 < len(text) <= self.longest or not printable(text):
            raise told(f"an item of {self.of} is wrong", f"1 to {self.longest} characters")
        expected = self.unknown(text) if self.unknown else ""
        if expected:
            raise told(f"{shown(text)} in {self.of} is unknown", expected)
        return text

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        if self.words:
            return {"type": "string", "enum": [str(word) for word in self.words]}
        return {"type": "string", "minLength": 1, "maxLength": self.longest}
