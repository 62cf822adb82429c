"""Words people see, in their language: from one Fluent catalog each, or a row that has both."""

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk

from backend.platform.lean_babel import forget_the_world

LANGUAGES = ("ru", "en")
Value = str | int | float
# What a row has in both languages.
Part = Literal["name", "legal_name", "address", "benefit", "terms"]


class MissingWords(LookupError):
    """A key, or a value that its text needs, is missing: a bug, never shown as a blank."""


class Words:
    """The catalogs `ru.ftl` and `en.ftl` of one folder."""

    def __init__(self, folder: Path) -> None:
        self._bundles = {lang: _bundle(folder / f"{lang}.ftl", lang) for lang in LANGUAGES}
        self._same: dict[tuple[str, str], str] = {}
        forget_the_world()

    def text(self, lang: str, key: str, **values: Any) -> str:
        """The text of `key`; a language without a catalog gets English.

        `key` may name an attribute: "card.button". Raises MissingWords.
        """
        if values:
            return self._made(lang, key, values)
        # What says nothing of anybody is made once.
        text = self._same.get((lang, key))
        if text is None:
            text = self._same[lang, key] = self._made(lang, key, values)
        return text

    def _made(self, lang: str, key: str, values: dict[str, Any]) -> str:
        bundle = self._bundles.get(lang, self._bundles["en"])
        name, _, attribute = key.partition(".")
        if not bundle.has_message(name):
            raise MissingWords(f"{lang}: {key}")
        message = bundle.get_message(name)
        pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            raise MissingWords(f"{lang}: {key}")
        text, mistakes = bundle.format_pattern(pattern, values)
        if mistakes:
            raise MissingWords(f"{lang}: {key}: {mistakes[0]}")
        return str(text)

    def has(self, lang: str, key: str) -> bool:
        return bool(self._bundles[lang].has_message(key))


@dataclass(frozen=True, slots=True)
class Translator:
    """The words in the language of the person who reads them: `words("cards-title", count=3)`.
    Raises MissingWords."""

    words: Words
    language: str

    def __call__(self, key: str, **values: Value) -> str:
        """Plain text: for buttons, alerts and placeholders."""
        return self.words.text(self.language, key, **values)

    def html(self, key: str, **values: Value) -> str:
        """For the text of a screen: the catalog's markup stays, values are escaped."""
        safe = {
            name: html.escape(value, quote=False) if isinstance(value, str) else value
            for name, value in values.items()
        }
        return self.words.text(self.language, key, **safe)


def spoken(thing: object, what: Part, language: str) -> str:
    """`name_ru` or `name_en` of a row that has both. Whoever speaks neither reads English."""
    return str(getattr(thing, f"{what}_{'ru' if language == 'ru' else 'en'}"))


def language_of(code: str | None) -> str:
    """The language for a tag such as Telegram's language_code: Russian for those who mostly
    read it."""
    short = (code or "ru").split("-")[0].lower()
    if short in LANGUAGES:
        return short
    return "ru" if short in {"be", "kk", "ky", "tt", "uk", "uz"} else "en"


def _bundle(path: Path, lang: str) -> FluentBundle:
    # No isolation marks: Telegram shows them as boxes on some phones, and copied numbers
    # would carry them along.
    bundle = FluentBundle([lang], use_isolating=False)
    # Where each word stood in the file is of no use any more.
    resource = FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8"))
    for entry in resource.body:
        if isinstance(entry, Junk):
            raise MissingWords(f"{path.name}: cannot read: {(entry.content or '').strip()[:80]}")
    bundle.add_resource(resource)
    return bundle
