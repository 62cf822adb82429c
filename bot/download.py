"""A file that a person sent, in memory, never more of it than is read."""

from io import BytesIO

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramBadRequest
from aiohttp import ClientError

LARGEST = 20 * 1024 * 1024
"""Bytes; a bot may download no more from Telegram either."""


class TooLarge(Exception):
    """More than LARGEST bytes."""


class NotThere(Exception):
    """Telegram does not give the file."""


class _Bounded(BytesIO):
    def write(self, data: object) -> int:
        assert isinstance(data, bytes)
        if self.tell() + len(data) > LARGEST:
            raise TooLarge
        return super().write(data)


async def download(bot: Bot, chat_id: int, file_id: str, size: int | None = None) -> bytes:
    """`size` is what the message says. Raises TooLarge or NotThere."""
    if size is not None and size > LARGEST:
        raise TooLarge
    await bot.send_chat_action(chat_id, ChatAction.TYPING)
    kept = _Bounded()
    try:
        await bot.download(file_id, kept)
    except TelegramBadRequest as refused:
        if "too big" in refused.message.lower():
            raise TooLarge from refused
        raise NotThere from refused
    except ClientError as lost:
        raise NotThere from lost
    return kept.getvalue()
