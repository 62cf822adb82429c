"""What the messages say whose wording is our own (locales/): for channels and for the history."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from backend.messaging.action import parse_action
from backend.messaging.markup import allowed, plain
from backend.messaging.said import Button
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


@dataclass(frozen=True, slots=True)
class Worded:
    """See backend.messaging.said. `data` may hold the `subject` of a body word for word, the
    address of a `picture`, and what the buttons do: `action`, and `stops`, the off switch of
    advertising whose button does something else. The path of a link is among the `secrets`."""

    message: Message
    language: str
    secrets: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def html(self) -> str:
        return html_of(self.message, self.language, self.secrets)

    def text(self) -> str:
        return text_of(self.message, self.language, self.secrets)

    def subject(self) -> str:
        given = self.message.data.get("subject")
        return str(given or label_of(self.message, self.language, "subject"))

    def picture(self) -> str:
        return str(self.message.data.get("picture", ""))

    def buttons(self) -> Sequence[Button]:
        path = self.secrets.get("path", "")
        if path:
            return [Button(label_of(self.message, self.language, "button"), path=path)]
        wanted = {"button": "action", "stop": "stops"}
        found = {
            label: parse_action(str(self.message.data.get(name, "")))
            for label, name in wanted.items()
        }
        return [
            Button(label_of(self.message, self.language, label), action)
            for label, action in found.items()
            if action is not None
        ]
