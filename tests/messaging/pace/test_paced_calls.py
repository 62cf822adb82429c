"""Which turn each Bot API call takes, and the bot's calls before a Telegram that counts them."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    SendChatAction,
    SendMediaGroup,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import InputMediaPhoto

from backend.messaging.handover import Handover, PersonAddress
from backend.messaging.telegram.batch import sending
from backend.messaging.telegram.pace import Call, Lane, Pacer
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.messaging.telegram.send import TelegramChannel
from backend.messaging.telegram.session import PacedCalls, call_of
from bot.sandbox.limits import Limits
from models.message import Message
from models.message_purpose import MessagePurpose
from tests.messaging.pace.paces import SET
from tests.support.chat.direct_session import DirectSession
from tests.support.chat.telegram import Telegram
from tests.support.machine.running import OpenGate
from tests.support.virtual_time import now, outside, virtually

PHOTO = InputMediaPhoto(media="x")


@pytest.mark.parametrize(
    ("method", "call"),
    [
        (SendMessage(chat_id=7, text="x"), Call(7)),
        (SendMessage(chat_id=-5, text="x"), Call(-5)),
        (
            SendMediaGroup(chat_id=7, media=[InputMediaPhoto(media=name) for name in "xy"]),
            Call(7, cost=2),
        ),
        (EditMessageText(chat_id=7, message_id=1, text="x"), Call(7, new=False)),
        (EditMessageReplyMarkup(chat_id=7, message_id=1), Call(7, new=False)),
        (EditMessageText(inline_message_id="x", text="x"), Call(None, new=False)),
        (AnswerCallbackQuery(callback_query_id="1"), None),
        (DeleteMessage(chat_id=7, message_id=1), None),
        (SendChatAction(chat_id=7, action="typing"), None),
    ],
)
def test_what_a_call_shows(method: TelegramMethod[Any], call: Call | None) -> None:
    assert call_of(method) == call


class _Noted(OpenGate):
    def __init__(self) -> None:
        self.turns: list[Call] = []
        self.refused: list[tuple[float, Call | None]] = []

    async def turn(self, call: Call, *, ahead: float = 0.0) -> float:
        self.turns.append(call)
        return await super().turn(call)

    async def shut(self, seconds: float, call: Call | None = None) -> None:
        self.refused.append((seconds, call))


@pytest.mark.parametrize(
    ("purpose", "lane"),
    [
        (MessagePurpose.PROMO, Lane.MASS),
        (MessagePurpose.SERVICE, Lane.NOTICE),
        (MessagePurpose.TRANSACTION, Lane.NOTICE),
    ],
)
async def test_by_which_lane_a_message_goes(
    telegram: Telegram, purpose: MessagePurpose, lane: Lane
) -> None:
    noted = _Noted()
    bot = paced(telegram, noted)
    message = Message(purpose=purpose, kind="welcome-card", data={})
    await TelegramChannel(bot, noted).turn(Handover(message, "ru", PersonAddress("7")))
    assert noted.turns == [Call(7, lane)]


async def test_a_429_tells_which_call_it_was(tmp_path: Path) -> None:
    async with Telegram(tmp_path, limits=Limits(chat_burst=1)) as telegram:
        noted, anna = _Noted(), telegram.person("Анна")
        await anna.start()
        bot = paced(telegram, noted)
        await bot.send_message(anna.id, "x")
        with sending(Lane.MASS, turn_taken=True), pytest.raises(TelegramRetryAfter):
            await bot.send_message(anna.id, "x")
        assert noted.refused == [(1, Call(anna.id, Lane.MASS))]


def paced(telegram: Telegram, pacer: Pacer) -> Bot:
    bot = Bot(telegram.token, session=DirectSession(telegram.sandbox.box))
    bot.session.middleware(PacedCalls(pacer))
    return bot


def test_a_hundred_screens_a_second_beside_a_push(tmp_path: Path) -> None:
    """The bot's own calls, in virtual time: fifty people, ten taps each in five seconds."""

    async def story() -> None:
        limits = Limits(penalty=True, burst=12)
        with outside():
            telegram = await Telegram(tmp_path, limits=limits, clock=later).__aenter__()
            people = [telegram.add_person(f"Гость {number}") for number in range(250)]
            for person in people:
                await person.start()
        pacer = memory_pacer(SET, now)
        bot = paced(telegram, pacer)
        screens = []
        for person in people[:50]:
            screens.append(await bot.send_message(person.id, "0"))
            await asyncio.sleep(0.05)
        sent: list[int] = []

        async def push() -> None:
            for person in people[50:]:
                with sending(Lane.MASS, turn_taken=False):
                    await bot.send_message(person.id, "Скидки")
                sent.append(person.id)

        pushing = asyncio.create_task(push())
        began, taps = now(), []
        for number in range(500):
            screen = screens[number % 50]
            taps.append(asyncio.create_task(screen_shown(bot, screen.chat.id, screen.message_id)))
            await asyncio.sleep(0.01)
        assert max(await asyncio.gather(*taps)) < 0.02
        pushing.cancel()
        assert len(sent) >= SET * (now() - began) - 2
        assert telegram.sandbox.box.gate.refused == 0
        with outside():
            await telegram.__aexit__()

    virtually(story())


def later() -> float:
    return 1_800_000_000 + now()


async def screen_shown(bot: Bot, chat: int, message: int) -> float:
    began = now()
    await bot.send_chat_action(chat, "typing")
    await bot.edit_message_text(f"{began}", chat_id=chat, message_id=message)
    return now() - began
