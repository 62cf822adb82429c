"""Every answer of Telegram to a message has one of our names, and what is sent is the message."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteMessage, GetMe, SendMessage
from aiogram.types import Chat, Message
from aiohttp import ClientConnectionError, ClientConnectorError, web

from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.handover import CardAddress, Handover, PersonAddress
from backend.messaging.telegram.ask import who_am_i
from backend.messaging.telegram.send import TelegramChannel
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from backend.platform.settings import load_settings
from models.message import Message as Row
from models.message_purpose import MessagePurpose
from tests.support.chat.telegram import Telegram
from tests.support.edge.gateways import serving
from tests.support.edge.noting_telegram import TOKEN
from tests.support.machine.running import OpenGate

METHOD = GetMe()
NO_CONNECTION = ClientConnectorError(connection_key=None, os_error=OSError())  # type: ignore[arg-type]


class Answering(BaseSession):
    """Answers each call with `answer`, or raises it."""

    def __init__(self, answer: object) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[Any] = []

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.asked.append(method)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def stream_content(self, url: str, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


def channel(answer: object) -> tuple[TelegramChannel, Answering]:
    session = Answering(answer)
    return TelegramChannel(Bot(TOKEN, session=session), OpenGate()), session


def lost(cause: Exception) -> TelegramNetworkError:
    wrong = TelegramNetworkError(METHOD, "Request timeout error")
    wrong.__cause__ = cause
    return wrong


def to(person: str | None = "42", **more: Any) -> Handover:
    given = {"once": "hello:1", "kind": "welcome-card", "purpose": MessagePurpose.SERVICE}
    message = Row(**{**given, "data": {"brand": "Кофе & Ко", "number": "<1>"}, **more})
    return Handover(message, "ru", None if person is None else PersonAddress(person))


GONE, THERE = True, False
ANSWERS = [
    (TelegramForbiddenError(METHOD, "bot was blocked by the user"), Unreachable, GONE),
    (TelegramBadRequest(METHOD, "Bad Request: chat not found"), Unreachable, GONE),
    (TelegramBadRequest(METHOD, "Bad Request: message is too long"), GiveUp, None),
    (TelegramUnauthorizedError(METHOD, "Unauthorized"), NeedsSettings, None),
    (TelegramNotFound(METHOD, "Not Found"), NeedsSettings, None),
    (lost(NO_CONNECTION), TryLater, None),
    (lost(ClientConnectionError("lost")), OutcomeUnknown, None),
    (TelegramServerError(METHOD, "Bad Gateway"), TryLater, None),
    (TelegramRetryAfter(METHOD, "Flood control", 7), TryLater, timedelta(seconds=7)),
    (TelegramAPIError(METHOD, "Too Many Requests"), TryLater, timedelta(seconds=1)),
    (TelegramConflictError(METHOD, "Conflict: of two bots"), GiveUp, None),
]


@pytest.mark.parametrize(("answer", "name", "detail"), ANSWERS, ids=lambda each: str(each)[:40])
async def test_every_answer_has_its_name(
    answer: TelegramAPIError, name: type[Exception], detail: object
) -> None:
    telegram, session = channel(answer)
    with pytest.raises(name) as told:
        await telegram.send(to())
    assert len(session.asked) == 1
    assert str(told.value) not in {"", "None"}
    if name in {Unreachable, GiveUp}:
        assert answer.message in str(told.value)
    if name is Unreachable:
        assert getattr(told.value, "gone", None) is detail
    if name is TryLater:
        assert getattr(told.value, "after", None) == detail
    if name is NeedsSettings:
        assert "token" in str(told.value)


SENT = Message(
    message_id=31, date=datetime(2026, 11, 21, tzinfo=UTC), chat=Chat(id=42, type="private")
)


async def test_what_is_sent_is_the_message_with_its_button() -> None:
    telegram, session = channel(SENT)
    assert await telegram.send(
        to(data={"brand": "Кофе & Ко", "number": "<1>", "action": "open_card 7"})
    ) == Handed("31")
    assert await telegram.send(to(data={"brand": "Кофе", "number": "1"})) == Handed("31")
    with_button, bare = session.asked
    assert isinstance(with_button, SendMessage)
    assert with_button.chat_id == 42
    assert "<b>Кофе &amp; Ко</b>" in with_button.text
    assert "&lt;1&gt;" in with_button.text
    [[button]] = with_button.reply_markup.inline_keyboard  # type: ignore[union-attr]
    assert (button.text, button.callback_data) == ("Показать карту", "card:7")
    assert bare.reply_markup is None


async def test_what_is_secret_is_shown_to_the_person_alone() -> None:
    telegram, session = channel(SENT)
    message = Row(once="c:1", kind="sms-code", purpose=MessagePurpose.SERVICE, data={"code": "•"})
    await telegram.send(Handover(message, "en", PersonAddress("42"), {"code": "123456"}))
    assert "123456" in session.asked[0].text
    assert message.data == {"code": "•"}


async def test_who_has_no_chat_is_asked_nothing() -> None:
    telegram, session = channel(SENT)
    for handover in (to(None), Handover(to().message, "ru", CardAddress(7))):
        with pytest.raises(Unreachable, match="no Telegram chat") as told:
            await telegram.send(handover)
        assert not told.value.gone
    assert session.asked == []


async def test_another_bots_message_is_left_alone_and_a_busy_telegram_is_asked_again() -> None:
    telegram, session = channel(True)
    ours = int(TOKEN.partition(":")[0])
    await telegram.take_back(ours + 1, 42, 31)
    assert session.asked == []
    await telegram.take_back(ours, 42, 31)
    [asked] = session.asked
    assert isinstance(asked, DeleteMessage)
    assert (asked.chat_id, asked.message_id) == (42, 31)
    busy, _ = channel(TelegramServerError(METHOD, "Bad Gateway"))
    with pytest.raises(TryLater, match="Bad Gateway"):
        await busy.take_back(ours, 42, 31)


async def test_who_the_bot_is_or_why_nobody_can_tell(telegram: Telegram) -> None:
    known = load_settings(bot_api_url=telegram.url, bot_token=telegram.token)
    assert await who_am_i(known) == "karman_sandbox_bot"
    with pytest.raises(NeedsSettings, match="KARMAN_BOT_TOKEN"):
        await who_am_i(load_settings(bot_api_url=telegram.url, bot_token=TOKEN))


async def test_a_telegram_that_answers_nonsense_cannot_be_reached() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"ok": False, "error_code": 400, "description": "?"}, status=400)

    async with serving(f"/bot{TOKEN}/getMe", answer) as url:
        base = url.partition("/bot")[0]
        with pytest.raises(TryLater, match=base):
            await who_am_i(load_settings(bot_api_url=base, bot_token=TOKEN))
