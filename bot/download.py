"""A file that a person sent, in memory, never more of it than is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramBadRequest
from aiohttp import ClientError

from backend.reading.reader import Reader
from backend.reading.turns import Busy
from bot.visitor import Visitor
from models.refusal import Code, Refusal

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


@contextmanager
def in_hand(reader: Reader, visitor: Visitor, size: int | None = None) -> Iterator[None]:
    """Around fetching a file and all that is done with it. Refuses with reader_busy while there is
    too much in the bot's hands."""
    try:
        with reader.hand.hold(visitor.customer.id, LARGEST if size is None else size):
            yield
    except Busy as busy:
        raise Refusal(Code.READER_BUSY) from busy


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
