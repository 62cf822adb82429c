"""What a message says, in words: for the channel that sends it and for its history."""

import html
import re
from functools import cache
from pathlib import Path

from backend.platform.words import Words
from models.message import Message

LOCALES = Path(__file__).parent / "locales"
_TAG = re.compile(r"<[^>]{1,80}>")


@cache
def message_words() -> Words:
    return Words(LOCALES)


def html_of(message: Message, language: str) -> str:
    """Telegram HTML: a body word for word, or the wording that `kind` names with its values
    escaped."""
    if message.body:
        return message.body
    values = {
        name: html.escape(value, quote=False) if isinstance(value, str) else value
        for name, value in message.data.items()
        if isinstance(value, str | int | float)
    }
    return message_words().text(language, message.kind, **values)


def text_of(message: Message, language: str) -> str:
    """The same as plain text on one line."""
    return " ".join(html.unescape(_TAG.sub("", html_of(message, language))).split())
