"""The bot's words, bound to the language of the person who reads them."""

import html
from dataclasses import dataclass
from pathlib import Path

from backend.platform.words import LANGUAGES, Words

LOCALES = Path(__file__).parent / "locales"

Value = str | int | float


@dataclass(frozen=True, slots=True)
class Translator:
    """`words("cards-title", count=3)`. Raises MissingWords."""

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


def load_words() -> Words:
    """Read bot/locales; once per process."""
    return Words(LOCALES)


def language_of(code: str | None) -> str:
    """The language for a Telegram language_code: Russian for those who mostly read it."""
    short = (code or "ru").split("-")[0].lower()
    if short in LANGUAGES:
        return short
    return "ru" if short in {"be", "kk", "ky", "tt", "uk", "uz"} else "en"
