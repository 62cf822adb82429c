"""The text of a consent document in one language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.around import around
from catalog.entries.values.wrong import all_of, kind_of, wrong

LARGEST = 200_000
_SHORTEST = 200
_LONGEST_TITLE = 200
_TITLE = re.compile(r"# (\S.*)\n")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """`text` is the Markdown exactly as people read it, lines ended by \\n."""

    title: str
    text: str


def document_text(body: str) -> DocumentText:
    """The text between its first line and its last; `title` is "" when it has none."""
    text = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"
    title = _TITLE.match(text)
    return DocumentText(title[1].strip() if title else "", text)


def text_mistakes(text: DocumentText, operator: str) -> Iterator[tuple[str, str]]:
    """What is wrong and what was expected. `operator` is the account's legal name in the language
    of the text, "" when it is not known."""
    if len(text.text) > LARGEST:
        yield f"has {len(text.text):,} characters", f"at most {LARGEST:,}"
        return
    if not text.title:
        yield "has no title", "a first line like '# Consent to …'"
    if len(text.title) > _LONGEST_TITLE:
        yield f"has a title of {len(text.title)} characters", f"at most {_LONGEST_TITLE}"
    if len(text.text) < _SHORTEST:
        expected = f"the whole text, {_SHORTEST} characters or more"
        yield f"has {len(text.text)} characters", expected
    if "\0" in text.text:
        yield "has the character NUL", "printable text"
    if operator and operator not in " ".join(text.text.split()):
        yield "does not name the operator", f"the legal name of the account: {operator}"


@dataclass(frozen=True, slots=True)
class Body:
    """A Markdown text, read as its title and itself."""

    language: Literal["ru", "en"]

    @property
    def wanted(self) -> str:
        return f"the text in {'Russian' if self.language == 'ru' else 'English'}"

    def read(self, given: Any, info: ValidationInfo[Any]) -> DocumentText:
        if not isinstance(given, str):
            raise wrong(f"is {kind_of(given)}", "text")
        text = document_text(given)
        names = around(info).operator
        operator = names.ru if self.language == "ru" else names.en
        found = [((), wrong(*mistake)) for mistake in text_mistakes(text, operator)]
        if found:
            raise all_of(*found)
        return text

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "minLength": _SHORTEST, "maxLength": LARGEST}
