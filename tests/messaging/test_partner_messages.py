"""A partner's message in Telegram: its button, advertising's switch and picture."""

from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import Chat
from aiogram.types import Message as TelegramMessage

from backend.messaging.channel import Unreachable
from backend.messaging.handover import Handover, PersonAddress
from backend.messaging.telegram.send import TelegramChannel
from models.message import Message
from models.message_purpose import MessagePurpose
from tests.messaging.telegram.test_answers_of_telegram import Answering
from tests.support.edge.noting_telegram import TOKEN
from tests.support.machine.running import OpenGate

PICTURE = "https://lavka.example/sale.png"
SENT = TelegramMessage(
    message_id=5, date=datetime(2026, 11, 21, tzinfo=UTC), chat=Chat(id=1, type="private")
)


class Picky(Answering):
    """Refuses pictures in these words."""

    def __init__(self, refusal: Exception | None = None) -> None:
        super().__init__(SENT)
        self.refusal = refusal

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.asked.append(method)
        if isinstance(method, SendPhoto) and self.refusal is not None:
            raise self.refusal
        return SENT


def promo(**more: Any) -> Handover:
    data = {
        "title": "Скидки", "text": "<b>всё</b>", "advertiser": "ООО «Лавка»", "inn": "77",
        "erid": "", "action": "open_message 9", "stops": "stop_ads 3", **more,
    }  # fmt: skip
    row = Message(purpose=MessagePurpose.PROMO, kind="partner-promo", data=data, body="")
    return Handover(row, "ru", PersonAddress("1"))


def channel(session: BaseSession) -> TelegramChannel:
    return TelegramChannel(Bot(TOKEN, session=session), OpenGate())


def buttons(asked: Any) -> list[tuple[str, str]]:
    return [(b.text, b.callback_data) for row in asked.reply_markup.inline_keyboard for b in row]


async def test_two_buttons_and_the_label() -> None:
    session = Picky()
    await channel(session).send(promo())
    (asked,) = session.asked
    assert isinstance(asked, SendMessage)
    assert buttons(asked) == [
        ("Открыть", "pmsg:9"),
        ("🔕 Не присылать рекламу", "adoff:3:telegram"),
    ]
    assert asked.text == (
        "<b>Скидки</b>\n&lt;b&gt;всё&lt;/b&gt;\n\n<i>Реклама. ООО «Лавка», ИНН 77</i>"
    )


async def test_a_picture_with_its_words() -> None:
    session = Picky()
    handed = await channel(session).send(promo(picture=PICTURE))
    (asked,) = session.asked
    assert isinstance(asked, SendPhoto)
    assert (asked.photo, handed.provider_id) == (PICTURE, "5")
    assert "Реклама" in str(asked.caption)
    assert len(buttons(asked)) == 2


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: wrong type of the web page content",
        "Bad Request: failed to get HTTP URL content",
        "Bad Request: IMAGE_PROCESS_FAILED",
        "Bad Request: PHOTO_INVALID_DIMENSIONS",
        "Bad Request: wrong file identifier/HTTP URL specified",
    ],
)
async def test_a_picture_that_telegram_does_not_take_is_left_out(words: str) -> None:
    session = Picky(TelegramBadRequest(SendMessage(chat_id=1, text=""), words))
    await channel(session).send(promo(picture=PICTURE))
    assert [type(asked) for asked in session.asked] == [SendPhoto, SendMessage]


async def test_whoever_has_blocked_us_is_not_tried_again() -> None:
    session = Picky(TelegramForbiddenError(SendMessage(chat_id=1, text=""), "blocked"))
    with pytest.raises(Unreachable):
        await channel(session).send(promo(picture=PICTURE))
    assert len(session.asked) == 1


async def test_what_somebody_waits_for_has_one_button() -> None:
    session = Picky()
    data = {"text": "−10 баллов", "action": "open_message 9"}
    row = Message(purpose=MessagePurpose.TRANSACTION, kind="partner-push-plain", data=data, body="")
    await channel(session).send(Handover(row, "en", PersonAddress("1")))
    assert buttons(session.asked[0]) == [("Open", "pmsg:9")]
