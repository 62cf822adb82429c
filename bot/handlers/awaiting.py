"""What the next typed text answers. Going elsewhere forgets it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.visitor import Visitor

CITY = "city"
SEARCH = "search"
NUMBER = "number"
STORES = "stores"
QUESTION = "question"
PHONE = "phone"
CODE = "code"
EMAIL = "email"
CARD_NUMBER = "card_number"
CARD_NAME = "card_name"
IMPORT_PASSWORD = "import_password"  # noqa: S105  names a question
EXPORT_PASSWORD = "export_password"  # noqa: S105
CARDS_SEARCH = "cards_search"
CARDS_NEAR = "cards_near"
CARD_NOTE = "card_note"
CARD_EXPIRY = "card_expiry"
CARD_PHOTO = "card_photo"
OWN_NUMBER = "own_number"
OWN_NAME = "own_name"


def expect(visitor: Visitor, what: str, **data: Any) -> None:
    """The next text (or location) in this chat answers `what`."""
    visitor.chat.awaiting = what
    visitor.chat.awaiting_data = data


class Awaiting(Filter):
    """This is what was asked for."""

    def __init__(self, what: str) -> None:
        self._what = what

    async def __call__(self, _event: TelegramObject, visitor: Visitor) -> bool:
        return visitor.chat.awaiting == self._what


class GoingElsewhere(BaseMiddleware):
    """A tap or a command leaves the question that was put; a handler may put it again."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        leaves = isinstance(event, CallbackQuery) or (
            isinstance(event, Message) and (event.text or "").startswith("/")
        )
        if leaves:
            visitor: Visitor = data["visitor"]
            visitor.chat.awaiting = ""
        return await handler(event, data)
