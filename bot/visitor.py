"""Who is writing, in which language, and what the bot remembers of the chat."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject, Update, User

from backend.customers.person.meet import meet
from backend.identities import whose
from backend.platform.actor import person
from backend.platform.context import Context
from backend.platform.words import Words
from bot.start_link import source_of
from bot.taps.my_data import DeleteMyData
from bot.words import Translator, language_of
from models.bot_chat import BotChat
from models.customer import Customer
from models.identity import in_telegram

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(slots=True)
class Visitor:
    """An argument of every handler. What a handler changes in `chat` is saved after it.

    In inline mode somebody may search who never started the bot: then `known` is false,
    `customer` is not in the database and neither is `chat`.
    """

    customer: Customer
    words: Translator
    chat: BotChat
    bot_id: int
    # The label of the link that this very update came by.
    source: str = ""
    # Nothing of this chat is written down: a passer-by, or somebody whose data was deleted.
    forgotten: bool = False

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def known(self) -> bool:
        return bool(self.customer.id)

    def speak(self, language: str) -> None:
        """From here on, in another language; saving the choice is the use case's part."""
        self.words = Translator(self.words.words, language)


class VisitorMiddleware(BaseMiddleware):
    """Gives handlers of private chats and of inline mode their `visitor`."""

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        user: User | None = data.get("event_from_user")
        if user is None or user.is_bot:
            return None
        if event.my_chat_member is None:
            build = _passer_by if _writes_nothing(event) else _visitor
            data["visitor"] = visitor = await build(event, user, data)
            data["ctx"] = data["ctx"].by(person(visitor.customer.id))
        return await handler(event, data)


def _writes_nothing(update: Update) -> bool:
    """Searching is not joining, and neither is a second tap on «delete my data»."""
    if update.inline_query or update.chosen_inline_result:
        return True
    tapped = update.callback_query.data if update.callback_query is not None else None
    return (tapped or "").startswith(f"{DeleteMyData.prefix}:")


async def _visitor(update: Update, user: User, data: dict[str, Any]) -> Visitor:
    ctx: Context = data["ctx"]
    bot_id: int = data["bot"].id
    source = _source(update)
    language = language_of(user.language_code)
    customer = await meet(ctx, in_telegram(user.id), language=language, source=source)
    chat, _ = await BotChat.get_or_create(bot_id=bot_id, chat_id=user.id)
    return Visitor(customer, _translator(data, customer), chat, bot_id, source)


async def _passer_by(update: Update, user: User, data: dict[str, Any]) -> Visitor:
    """Somebody who is known is met as usual; for anybody else nothing is written."""
    known = await whose(in_telegram(user.id))
    if known is not None and update.callback_query is not None:
        return await _visitor(update, user, data)
    bot_id: int = data["bot"].id
    customer = known or Customer(language=language_of(user.language_code))
    chat = BotChat(bot_id=bot_id, chat_id=user.id)
    return Visitor(customer, _translator(data, customer), chat, bot_id, forgotten=True)


def _translator(data: dict[str, Any], customer: Customer) -> Translator:
    catalogs: Words = data["catalogs"]
    return Translator(catalogs, customer.language)


def _source(update: Update) -> str:
    text = update.message.text if update.message is not None else None
    return source_of(text or "")
