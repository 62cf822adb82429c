"""Which calls are made again after a refusal or a lost connection, when, and which never: in
virtual time."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    CopyMessage,
    CreateChatInviteLink,
    EditMessageText,
    ForwardMessage,
    GetMe,
    GetUpdates,
    SendChatAction,
    SendMessage,
    TelegramMethod,
)
from aiohttp import ClientConnectorError
from prometheus_client import REGISTRY

from backend.messaging.telegram.batch import sending
from backend.messaging.telegram.pace import Call, Lane
from backend.messaging.telegram.session import PacedCalls
from tests.support.edge.noting_telegram import TOKEN
from tests.support.machine.running import OpenGate
from tests.support.virtual_time import now, virtually

SEND = SendMessage(chat_id=7, text="x")
EDIT = EditMessageText(chat_id=7, message_id=1, text="x")
DONE = "done"


class Gate(OpenGate):
    """Lets everything pass, and writes down what is asked of it."""

    def __init__(self) -> None:
        self.turns: list[Call] = []
        self.opens = 0
        self.shuts: list[tuple[float, Call | None]] = []

    async def turn(self, call: Call, *, ahead: float = 0.0) -> float:
        self.turns.append(call)
        return await super().turn(call)

    async def opened(self) -> None:
        self.opens += 1

    async def shut(self, seconds: float, call: Call | None = None) -> None:
        self.shuts.append((seconds, call))


class Answers(BaseSession):
    """One after the other, the last for ever; `asked`: when each call left."""

    def __init__(self, answers: list[object]) -> None:
        super().__init__()
        self.answers = answers
        self.asked: list[float] = []

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109
        self.asked.append(now())
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def stream_content(self, url: str, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


def bot_of(gate: Gate, *answers: object) -> tuple[Bot, Answers]:
    session = Answers(list(answers))
    session.middleware(PacedCalls(gate))
    return Bot(TOKEN, session=session), session


class Told:
    """What became of one call; `taken`: inside of a delivery that has had its turn."""

    def __init__(self, method: TelegramMethod[Any], *answers: object, taken: bool = False) -> None:
        self.gate = Gate()
        bot, session = bot_of(self.gate, *answers)

        async def story() -> None:
            if taken:
                with sending(Lane.NOTICE, turn_taken=True):
                    await bot(method)
            else:
                await bot(method)

        self.end: object = DONE
        try:
            virtually(story())
        except TelegramAPIError as wrong:
            self.end = wrong
        self.asked = [round(at, 3) for at in session.asked]


def busy(seconds: int, method: TelegramMethod[Any] = SEND) -> TelegramRetryAfter:
    return TelegramRetryAfter(method, "Too Many Requests", seconds)


def away() -> TelegramServerError:
    return TelegramServerError(SEND, "Bad Gateway")


def lost(*, before_it_left: bool = False) -> TelegramNetworkError:
    wrong = TelegramNetworkError(SEND, "Request timeout error")
    if before_it_left:
        wrong.__cause__ = ClientConnectorError(None, OSError())  # type: ignore[arg-type]
    return wrong


REFUSED = TelegramBadRequest(SEND, "Bad Request: message is too long")


@pytest.mark.parametrize("method", [SEND, EDIT, GetMe()])
def test_a_server_in_trouble_is_asked_three_times_more_with_growing_pauses(
    method: TelegramMethod[Any],
) -> None:
    told = Told(method, away())
    assert isinstance(told.end, TelegramServerError)
    assert told.asked == [0, 0.3, 1.3, 3.8]
    assert Told(method, away(), away(), DONE).end == DONE
    assert told.gate.shuts == []


@pytest.mark.parametrize(
    "method",
    [
        SEND,
        CopyMessage(chat_id=7, from_chat_id=1, message_id=1),
        ForwardMessage(chat_id=7, from_chat_id=1, message_id=1),
        CreateChatInviteLink(chat_id=7),
    ],
)
def test_what_may_have_arrived_is_not_sent_again(method: TelegramMethod[Any]) -> None:
    told = Told(method, lost(), DONE)
    assert isinstance(told.end, TelegramNetworkError)
    assert told.asked == [0]
    again = Told(method, lost(before_it_left=True), DONE)
    assert (again.end, again.asked) == (DONE, [0, 0.3]), "it never left"


@pytest.mark.parametrize(
    "method",
    [
        EDIT,
        GetMe(),
        AnswerCallbackQuery(callback_query_id="1"),
        SendChatAction(chat_id=7, action="typing"),
    ],
)
def test_what_a_repetition_cannot_spoil_is_repeated(method: TelegramMethod[Any]) -> None:
    told = Told(method, lost(), lost(), DONE)
    assert (told.end, told.asked) == (DONE, [0, 0.3, 1.3])


def test_a_refusal_is_an_answer() -> None:
    told = Told(EDIT, REFUSED, DONE)
    assert (told.end, told.asked, told.gate.shuts) == (REFUSED, [0], [])


def test_a_429_shuts_the_gate_and_the_call_queues_up_again() -> None:
    told = Told(SEND, busy(7), busy(3), DONE)
    assert told.end == DONE
    assert told.gate.shuts == [(7, Call(7)), (3, Call(7))]
    assert told.gate.turns == [Call(7)] * 3
    silent = Told(GetMe(), busy(1, GetMe()), DONE)
    assert silent.end == DONE
    assert (silent.gate.opens, silent.gate.shuts) == (2, [(1, None)])


def test_a_429_without_a_number_is_a_second() -> None:
    told = Told(SEND, TelegramAPIError(SEND, "Too Many Requests"), DONE)
    assert (told.end, told.gate.shuts) == (DONE, [(1, Call(7))])


@pytest.mark.parametrize(("seconds", "asked"), [(60, 2), (61, 1)])
def test_more_than_a_minute_is_worth_no_answer(seconds: int, asked: int) -> None:
    told = Told(SEND, busy(seconds), DONE)
    assert len(told.asked) == asked
    assert told.gate.shuts == [(seconds, Call(7))], "the others wait all the same"


def test_patience_ends_after_twenty_refusals() -> None:
    told = Told(SEND, busy(1))
    assert isinstance(told.end, TelegramRetryAfter)
    assert len(told.asked) == len(told.gate.shuts) == 21


@pytest.mark.parametrize(
    "trouble", [busy(1), away(), lost(before_it_left=True)], ids=["busy", "away", "lost"]
)
def test_a_delivery_that_has_had_its_turn_leaves_now_or_not_at_all(
    trouble: TelegramAPIError,
) -> None:
    """Its next attempt asks anew whether it may."""
    told = Told(SEND, trouble, DONE, taken=True)
    assert (told.end, told.asked, told.gate.turns) == (trouble, [0], [])
    assert len(told.gate.shuts) == isinstance(trouble, TelegramRetryAfter)


def test_a_turn_that_was_taken_is_good_for_one_call() -> None:
    gate = Gate()
    bot, _ = bot_of(gate, DONE)

    async def story() -> None:
        with sending(Lane.MASS, turn_taken=True):
            await bot(SEND)
            await bot(SEND)
        await bot(SEND)

    virtually(story())
    assert gate.turns == [Call(7, Lane.MASS), Call(7)]


def test_long_polling_has_its_own_loop() -> None:
    told = Told(GetUpdates(), away(), DONE)
    assert isinstance(told.end, TelegramServerError)
    assert (told.asked, told.gate.turns, told.gate.opens) == ([0], [], 0)


def counted(outcome: str) -> float:
    return REGISTRY.get_sample_value("karman_telegram_calls_total", {"outcome": outcome}) or 0


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(DONE, "ok"), (REFUSED, "refused"), (busy(99), "too_many"), (lost(), "network")],
    ids=["ok", "refused", "busy", "lost"],
)
def test_how_a_call_ended_is_counted(answer: object, outcome: str) -> None:
    before = counted(outcome)
    Told(SEND, answer)
    assert counted(outcome) == before + 1
