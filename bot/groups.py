"""Outside the private chat: cards that are shared with a group, a short polite answer to a
command, silence to everything else."""

import re

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import Message, Update

from backend.platform.context import Context
from backend.platform.watch.log import get_log
from backend.platform.words import Translator
from bot.answer_tap import TapAnswer
from bot.handlers.share.share_group import family_in_group
from bot.keyboards import inline_keyboard
from bot.place_screen import ScreenPlacer
from bot.screens.screen import Alert, Button

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@(?P<bot>\w+))?(?:\s|$)")
log = get_log(__name__)


async def answer_outside(
    update: Update, ctx: Context, bot: Bot, show: ScreenPlacer, words: Translator
) -> None:
    """Whatever does not belong to one person alone."""
    if await family_in_group(update, ctx, show, words):
        return
    if update.callback_query is not None:
        await TapAnswer(bot, update.callback_query).answer(Alert(words("group-tap")))
    elif update.message is not None:
        await _greet(bot, update.message, words)


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
