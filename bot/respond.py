"""Show what a handler gives back, and save what it changed in the chat."""

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import CallbackQuery, TelegramObject

from backend.customers.person.block import block
from backend.platform.watch.log import get_log
from bot.answer_tap import TapAnswer, too_late
from bot.place_screen import AnyReply, ScreenPlacer
from bot.screens.screen import Alert, Reply, Screen
from bot.send_screen import says
from bot.visitor import Visitor
from bot.words import Translator
from models.bot_chat import BotChat
from models.identity import in_telegram
from models.refusal import Refusal

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
# The words for a refusal: one file translates them all.
Refuse = Callable[[Translator, Refusal], AnyReply]
log = get_log(__name__)

# A tap that takes longer stops spinning first and is shown after.
SOON_SECONDS = 0.7
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


class RespondMiddleware(BaseMiddleware):
    """Around every handler of messages and taps. A refusal is an answer like any other."""

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        visitor: Visitor = data["visitor"]
        tap = TapAnswer(data["bot"], event) if isinstance(event, CallbackQuery) else None
        reply: AnyReply | None = None
        try:
            async with tap.within(SOON_SECONDS) if tap is not None else nullcontext():
                reply = await _reply(handler, event, data, visitor)
            if reply is not None:
                await data["show"](visitor.chat, reply, tap)
            elif tap is not None:
                await tap.answer()
        except (TelegramForbiddenError, TelegramBadRequest) as refused:
            if not _gone(refused):
                raise
            log.info("the person is gone: nothing more is sent")
            await block(data["ctx"], in_telegram(visitor.chat.chat_id))
        if not visitor.forgotten:
            await visitor.chat.save()
        return reply


class LateSearch(BaseMiddleware):
    """Around the handlers of inline queries: an answer that comes too late is no error, the
    person has typed on or gone."""

    async def __call__(self, handler: Next, event: TelegramObject, data: dict[str, Any]) -> Any:
        try:
            return await handler(event, data)
        except TelegramBadRequest as refused:
            if not too_late(refused):
                raise
            log.info("an inline query was answered too late")


async def _reply(
    handler: Next, event: TelegramObject, data: dict[str, Any], visitor: Visitor
) -> AnyReply | None:
    try:
        result = await handler(event, data)
    except Refusal as refusal:
        refuse: Refuse = data["refuse"]
        return refuse(visitor.words, refusal)
    return result if isinstance(result, Reply | Screen | Alert) else None


def _gone(refused: TelegramForbiddenError | TelegramBadRequest) -> bool:
    return isinstance(refused, TelegramForbiddenError) or says(refused, _GONE)


async def apologise(show: ScreenPlacer, chat: BotChat, screen: Screen) -> None:
    """Below what was said, whatever stood there before."""
    await show(chat, screen)
    await chat.save()
