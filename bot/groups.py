"""Outside the private chat: cards that are shared with a group, a short polite answer to a
command, silence to everything else."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import Chat, Message, TelegramObject, Update, User

from backend.platform.watch.log import get_log
from bot.answer_tap import TapAnswer
from bot.handlers.share.share_group import family_in_group
from bot.keyboards import inline_keyboard
from bot.screens.screen import Alert, Button
from bot.words import Translator, language_of

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@(?P<bot>\w+))?(?:\s|$)")
log = get_log(__name__)


def private_only(handler: Next, event: TelegramObject, data: dict[str, Any]) -> Awaitable[Any]:
    """Lets through what belongs to one person: their chat with the bot, and inline mode."""
    assert isinstance(event, Update)
    return handler(event, data) if _private(event) else _outside(event, data)


async def _outside(event: Update, data: dict[str, Any]) -> None:
    user: User | None = data.get("event_from_user")
    if user is None or user.is_bot:
        return
    words = Translator(data["catalogs"], language_of(user.language_code))
    if await family_in_group(event, data["ctx"].through("bot:group"), data["show"], words):
        return
    if event.callback_query is not None:
        await TapAnswer(data["bot"], event.callback_query).answer(Alert(words("group-tap")))
    elif event.message is not None:
        await _greet(data["bot"], event.message, words)


def _private(update: Update) -> bool:
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


async def _greet(bot: Bot, message: Message, words: Translator) -> None:
    me = await bot.me()
    command = _COMMAND.match(message.text or "")
    if (
        command is None
        or (command["bot"] or me.username or "").lower() != (me.username or "").lower()
    ):
        return
    button = Button(words("group-button"), url=f"https://t.me/{me.username}?start=group")
    try:
        await bot.send_message(
            message.chat.id,
            words("group-hello"),
            reply_markup=inline_keyboard(((button,),)),
            disable_notification=True,
        )
    except (TelegramForbiddenError, TelegramBadRequest) as refused:
        # The group may let nobody write, or be gone: no reason to try again.
        log.info("a group cannot be answered", error=type(refused).__name__)
