"""What a message says, in words: for the channel that sends it and for its history."""

import html
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from backend.messaging.markup import allowed, plain
from backend.platform.words import Words
from models.message import Message

LOCALES = Path(__file__).parent / "locales"
_NOTHING: Mapping[str, Any] = {}


@cache
def message_words() -> Words:
    return Words(LOCALES)


def html_of(message: Message, language: str, secrets: Mapping[str, Any] = _NOTHING) -> str:
    """Telegram HTML: a body word for word, of what Telegram allows, or the wording that `kind`
    names with its values escaped. `secrets` take the place of values that are written down."""
    if message.body:
        return allowed(message.body)
    values = {
        name: html.escape(value, quote=False) if isinstance(value, str) else value
        for name, value in {**message.data, **secrets}.items()
        if isinstance(value, str | int | float)
    }
    return message_words().text(language, message.kind, **values)


def label_of(message: Message, language: str, attribute: str) -> str:
    """`button` or `subject` of the wording."""
    return message_words().text(language, f"{message.kind}.{attribute}")


def text_of(message: Message, language: str, secrets: Mapping[str, Any] = _NOTHING) -> str:
    """The same as plain text on one line."""
    return " ".join(plain(html_of(message, language, secrets)).split())
