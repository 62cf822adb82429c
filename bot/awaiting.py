"""What the next typed text answers. Going elsewhere forgets it."""

import re
from typing import Any

from aiogram.filters import Filter
from aiogram.types import Message, TelegramObject

from bot.screens.home.keys import pressed
from bot.visitor import Visitor

CITY = "city"
SEARCH = "search"
NUMBER = "number"
STORES = "stores"
QUESTION = "question"
PHONE = "phone"
CODE = "code"
EMAIL = "email"
ADDING = "adding"
CARD_NUMBER = "card_number"
CARD_NAME = "card_name"
IMPORT_PASSWORD = "import_password"  # noqa: S105  names a question
EXPORT_PASSWORD = "export_password"  # noqa: S105
CARDS_SEARCH = "cards_search"
CARDS_NEAR = "cards_near"
CARD_NOTE = "card_note"
CARD_EXPIRY = "card_expiry"
CARD_PHOTO = "card_photo"
CARD_REDEEM = "card_redeem"
OWN_NUMBER = "own_number"
OWN_NAME = "own_name"


def expect(visitor: Visitor, what: str, **data: Any) -> None:
    """The next text (or location) in this chat answers `what`."""
    visitor.chat.awaiting = what
    visitor.chat.awaiting_data = data


class Awaiting(Filter):
    """One of these is what was asked for."""

    def __init__(self, *what: str) -> None:
        self.what = what

    async def __call__(self, _event: TelegramObject, visitor: Visitor) -> bool:
        return visitor.chat.awaiting in self.what


class Typed(Filter):
    """A text that answers what was asked for: no command, and none of the keys below the chat. With
    `like` only a text in which that is found; any other is looked for in the catalog."""

    def __init__(self, what: str, like: re.Pattern[str] | None = None) -> None:
        self.what = what
        self._like = like

    async def __call__(self, message: Message, visitor: Visitor) -> bool:
        text = message.text or ""
        return (
            visitor.chat.awaiting == self.what
            and bool(text)
            and not text.startswith("/")
            and pressed(visitor.words.words, text) is None
            and (self._like is None or self._like.search(text) is not None)
        )


class Pressed(Filter):
    """One of the keys below the chat, in whatever language it was put there."""

    def __init__(self, key: str) -> None:
        self._key = key

    async def __call__(self, event: TelegramObject, visitor: Visitor) -> bool:
        return isinstance(event, Message) and pressed(visitor.words.words, event.text) == self._key
