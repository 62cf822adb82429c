"""When there is nobody to answer, when it is too late, when it went wrong."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import TelegramObject

from backend.customers.person.block import block
from backend.customers.person.meet import in_telegram
from backend.platform.context import Context
from backend.platform.watch.log import get_log
from backend.platform.words import Translator
from bot.answer_tap import too_late
from bot.place_screen import AnyReply, ScreenPlacer
from bot.screens.screen import Screen
from bot.send_screen import says
from bot.visitor import Visitor
from models.bot_chat import BotChat
from models.refusal import Refusal

Next = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
# The words for a refusal: one file translates them all.
Refuse = Callable[[Translator, Refusal], AnyReply]
log = get_log(__name__)

# A tap that takes longer stops spinning first and is shown after.
SOON_SECONDS = 0.7
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


async def gone(
    ctx: Context, visitor: Visitor, refused: TelegramForbiddenError | TelegramBadRequest
) -> None:
    """Whom Telegram knows no more, or who has blocked the bot, gets nothing more; any other
    refusal of Telegram is raised again."""
    if not isinstance(refused, TelegramForbiddenError) and not says(refused, _GONE):
        raise refused
    log.info("the person is gone: nothing more is sent")
    await block(ctx, in_telegram(visitor.chat.chat_id))


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


async def apologise(show: ScreenPlacer, chat: BotChat, screen: Screen) -> None:
    """Below what was said, whatever stood there before."""
    await show(chat, screen)
    await chat.save()
