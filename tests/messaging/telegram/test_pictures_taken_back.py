"""A picture of a shared card leaves the guest's chat: deleted, or when it is too old emptied."""

import io
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import DeleteMessage
from aiogram.types import BufferedInputFile
from PIL import Image

from backend.messaging.telegram.take_back import take_back
from tests.support.chat.direct_session import DirectSession
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import picture_of
from tests.support.pictures.small import picture


class TwoDaysLater(DirectSession):
    """What Telegram answers to a deletion once 48 hours have passed."""

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109
        if isinstance(method, DeleteMessage):
            raise TelegramBadRequest(method, "Bad Request: message can't be deleted for everyone")
        return await super().make_request(bot, method, timeout)


async def shown_to(boris: Person, bot: Bot) -> int:
    sent = await bot.send_photo(
        boris.id, BufferedInputFile(picture(), "card.png"), caption="4600001"
    )
    await boris.until("4600001")
    return sent.message_id


@pytest.fixture
async def boris(telegram: Telegram) -> Person:
    boris = telegram.person("Борис")
    await boris.start()
    return boris


async def test_a_young_picture_is_deleted(telegram: Telegram, boris: Person) -> None:
    bot = Bot(telegram.token, session=DirectSession(telegram.sandbox.box))
    number = await shown_to(boris, bot)
    await take_back(bot, boris.id, number)
    assert [m for m in boris.messages if m["message_id"] == number] == []
    await take_back(bot, boris.id, number)  # gone already: no harm


async def test_an_old_one_shows_neither_barcode_nor_number(
    telegram: Telegram, boris: Person
) -> None:
    bot = Bot(telegram.token, session=TwoDaysLater(telegram.sandbox.box))
    number = await shown_to(boris, bot)
    await take_back(bot, boris.id, number)
    (left,) = [m for m in boris.messages if m["message_id"] == number]
    assert "caption" not in left
    with Image.open(io.BytesIO(await picture_of(telegram, left))) as empty:
        greys = {*empty.convert("L").tobytes()}
    assert max(greys) - min(greys) <= 2, "one grey"


async def test_a_chat_that_is_gone_is_no_trouble(telegram: Telegram, boris: Person) -> None:
    bot = Bot(telegram.token, session=TwoDaysLater(telegram.sandbox.box))
    number = await shown_to(boris, bot)
    await boris.block()
    await take_back(bot, boris.id, number)
    await take_back(Bot(telegram.token, session=DirectSession(telegram.sandbox.box)), 404404, 1)
