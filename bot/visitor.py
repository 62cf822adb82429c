"""Who is writing, in which language, and what the bot remembers of the chat: read in one
statement, and written back where a handler has changed it."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import orjson
from aiogram.enums import ChatType
from aiogram.types import Chat, Update, User

from backend.customers.person.meet import in_telegram, meet, whose
from backend.customers.person.seen import note_seen
from backend.platform.context import Context
from backend.platform.database import columns, part, rows
from backend.platform.words import Translator, Words, language_of
from bot.start_link import source_of
from bot.taps.my_data import DeleteMyData
from models.bot_chat import BotChat
from models.city import City
from models.customer import Customer
from models.identity import Entrance

# A value in a list or a dict changes in place.
_IN_PLACE = ("awaiting_data", "basket", "landed")
# Whoever has blocked the bot, or never came in by themselves, has to be met first.
_REMEMBERED = """
SELECT {person}, {chat}, {city}, i.id AS identity, i.seen_on FROM identities i
JOIN customers c ON c.id = i.customer_id
JOIN bot_chats b ON b.bot_id = $1 AND b.chat_id = $2
LEFT JOIN cities t ON t.id = c.city_id
WHERE i.door = $3 AND i.external_id = $4
    AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL
"""
Kept = dict[str, Any]


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
    # The chat's row as it was read.
    before: Kept = field(default_factory=dict)

    async def keep(self) -> None:
        """Write down what has changed in the chat."""
        if not self.forgotten:
            await keep(self.chat, self.before)

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def known(self) -> bool:
        return bool(self.customer.id)

    def speak(self, language: str) -> None:
        """From here on, in another language; saving the choice is the use case's part."""
        self.words = Translator(self.words.words, language)


def private(update: Update) -> bool:
    """What belongs to one person: their chat with the bot, and inline mode."""
    if update.inline_query or update.chosen_inline_result:
        return True
    chat = _chat(update)
    return chat is not None and chat.type == ChatType.PRIVATE


def _chat(update: Update) -> Chat | None:
    """None for a tap below a message that was shared in inline mode."""
    if update.callback_query is not None:
        tapped = update.callback_query.message
        return tapped.chat if tapped is not None else None
    event = update.message or update.edited_message or update.my_chat_member
    return event.chat if event is not None else None


def visitor_of(
    ctx: Context, bot_id: int, catalogs: Words, update: Update, user: User
) -> Awaitable[Visitor]:
    build = _passer_by if _writes_nothing(update) else _visitor
    return build(ctx, bot_id, catalogs, update, user)


def _writes_nothing(update: Update) -> bool:
    """Searching is not joining, and neither is a second tap on «delete my data»."""
    if update.inline_query or update.chosen_inline_result:
        return True
    tapped = update.callback_query.data if update.callback_query is not None else None
    return (tapped or "").startswith(f"{DeleteMyData.prefix}:")


async def _visitor(
    ctx: Context, bot_id: int, catalogs: Words, update: Update, user: User
) -> Visitor:
    text = update.message.text if update.message is not None else None
    source = source_of(text) if text else ""
    language = language_of(user.language_code)
    if known := await remembered(bot_id, user.id):
        customer, chat = known.customer, known.chat
        await note_seen(ctx, known.identity, known.seen_on)
    else:
        customer = await meet(ctx, in_telegram(user.id), language=language, source=source)
        chat, _ = await BotChat.get_or_create(bot_id=bot_id, chat_id=user.id)
    words = Translator(catalogs, customer.language)
    return Visitor(customer, words, chat, bot_id, source, before=kept_of(chat))


async def _passer_by(
    ctx: Context, bot_id: int, catalogs: Words, update: Update, user: User
) -> Visitor:
    """Somebody who is known is met as usual; for anybody else nothing is written."""
    known = await whose(in_telegram(user.id))
    if known is not None and update.callback_query is not None:
        return await _visitor(ctx, bot_id, catalogs, update, user)
    customer = known or Customer(language=language_of(user.language_code))
    chat = BotChat(bot_id=bot_id, chat_id=user.id)
    return Visitor(customer, Translator(catalogs, customer.language), chat, bot_id, forgotten=True)


class Remembered(NamedTuple):
    """`seen_on` as the database gives it."""

    customer: Customer
    chat: BotChat
    identity: int
    seen_on: date | str | None


async def remembered(bot_id: int, user_id: int) -> Remembered | None:
    """The customer with their city, and their chat. None for whoever is new, was away, or has no
    chat with this bot yet."""
    statement = _REMEMBERED.format(
        person=columns(Customer, "c"), chat=columns(BotChat, "b"), city=columns(City, "t")
    )
    found = await rows(statement, [bot_id, user_id, Entrance.TELEGRAM.value, str(user_id)])
    if not found:
        return None
    (row,) = found
    customer, chat = part(Customer, "c", row), part(BotChat, "b", row)
    assert customer is not None
    assert chat is not None
    city = part(City, "t", row)
    if city is not None:
        customer.city = city
    return Remembered(customer, chat, row["identity"], row["seen_on"])


def kept_of(chat: BotChat) -> Kept:
    """The values of the row, to compare with later."""
    values = {name: getattr(chat, name) for name in BotChat._meta.db_fields}  # noqa: SLF001
    return values | {name: orjson.dumps(values[name]) for name in _IN_PLACE}


async def keep(chat: BotChat, before: Kept) -> None:
    """Write what has changed since; nothing, when nothing has."""
    changed = [name for name, value in kept_of(chat).items() if value != before[name]]
    if changed:
        await chat.save(update_fields=changed)
