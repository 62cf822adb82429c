"""Take a picture out of a chat: delete it, or put an empty one in its place."""

import io

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile, InputMediaPhoto
from PIL import Image

from backend.platform.watch.log import get_log

log = get_log(__name__)
_GREY = (205, 205, 210)


async def take_back(bot: Bot, chat_id: int, message_id: int) -> None:
    """Telegram lets a bot delete what is younger than 48 hours and edit what is older. A chat
    that is gone shows nothing any more."""
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramForbiddenError:
        log.info("a picture stays: the bot is no longer in the chat")
    except TelegramBadRequest as refused:
        if "can't be deleted" in refused.message.lower():
            await _blank(bot, chat_id, message_id)


async def _blank(bot: Bot, chat_id: int, message_id: int) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (320, 200), _GREY).save(picture, "JPEG")
    media = InputMediaPhoto(media=BufferedInputFile(picture.getvalue(), "empty.jpg"))
    try:
        await bot.edit_message_media(media, chat_id=chat_id, message_id=message_id)
    except (TelegramBadRequest, TelegramForbiddenError) as refused:
        log.info("a picture stays", error=type(refused).__name__)
