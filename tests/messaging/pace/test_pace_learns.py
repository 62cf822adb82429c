"""What a 429 teaches: whatever was in use beyond what Telegram promises is slower from then on,
and comes back by and by. In memory and on a real Valkey, in virtual time."""

import asyncio

import pytest

from backend.messaging.telegram.gate import GatePacer
from backend.messaging.telegram.pace import Call, Lane
from tests.messaging.pace.paces import SET, Paces, push, send, tap, telegram
from tests.support.virtual_time import now

HOUR = 3600


@pytest.fixture(params=["memory", "redis"])
def paces(request: pytest.FixtureRequest, valkey_url: str) -> Paces:
    return Paces(request.param, valkey_url)


async def at_once(pacer: GatePacer, chat: int) -> int:
    """How many edits a chat may have that has been quiet."""
    edits = [asyncio.create_task(pacer.turn(Call(chat, new=False))) for _ in range(25)]
    await asyncio.sleep(0.5)
    passed = sum(edit.done() for edit in edits)
    for edit in edits:
        edit.cancel()
    return passed


async def a_second(pacer: GatePacer, lane: Lane) -> int:
    """How many calls to different chats pass in a second: screens in answer, or messages."""
    first, until, passed = int(now() * 1000) + 1, now() + 1, 0
    chats = iter(range(first, first + 300))

    async def work() -> None:
        nonlocal passed
        for chat in chats:
            await pacer.turn(Call(chat, lane, new=lane is not Lane.ANSWER))
            if now() > until:
                return
            passed += 1

    await asyncio.gather(*(work() for _ in range(8)))
    return passed


def test_a_chat_that_went_too_fast_makes_all_chats_slower(paces: Paces) -> None:
    async def story() -> None:
        gate, pacer = telegram(chat_burst=10), paces.pacer()
        for _ in range(20):
            await tap(pacer, gate, 1)
        assert gate.refused == 1
        assert await at_once(pacer, 2) == 5
        await asyncio.sleep(2 * HOUR)
        assert await at_once(pacer, 3) == 7
        await asyncio.sleep(24 * HOUR)
        assert await at_once(pacer, 4) == 18
        # The rest of the bot was not to blame.
        assert await a_second(pacer, Lane.ANSWER) == 300
        assert await a_second(pacer, Lane.NOTICE) == pytest.approx(SET, abs=2)

    paces.tell(story)


def test_answers_beyond_what_a_push_may_are_slower_after_a_429(paces: Paces) -> None:
    async def story() -> None:
        pacer = paces.pacer()
        assert await a_second(pacer, Lane.ANSWER) == 300
        await pacer.shut(1, Call(7, new=False))
        await pacer.opened()
        halved = await a_second(pacer, Lane.ANSWER)
        assert 40 < halved <= 150
        await asyncio.sleep(10 * 60)
        assert await a_second(pacer, Lane.ANSWER) == 300
        assert await at_once(pacer, 8) == 18

    paces.tell(story)


def test_answers_never_fall_below_the_pace_of_a_push(paces: Paces) -> None:
    async def story() -> None:
        pacer = paces.pacer()
        for _ in range(8):
            await a_second(pacer, Lane.ANSWER)
            await pacer.shut(1, Call(7, new=False))
            await pacer.opened()
        assert await a_second(pacer, Lane.ANSWER) >= SET - 1

    paces.tell(story)


def test_a_push_that_is_refused_goes_slower_and_recovers(paces: Paces) -> None:
    """Telegram takes half of what it was thought to take, and hardly a burst."""

    async def story() -> None:
        gate, pacer = telegram(per_second=15, burst=3), paces.pacer(29)
        assert await push(pacer, gate, range(1, 1201)) == 1200
        assert 1200 / now() >= 0.7 * 15
        # Those in flight at a refusal come with it.
        assert gate.refused < 8 * 6
        await asyncio.sleep(HOUR)
        assert await a_second(pacer, Lane.MASS) == pytest.approx(29, abs=2)

    paces.tell(story)


def test_those_in_flight_at_a_429_are_refused_for_one_and_the_same_reason(paces: Paces) -> None:
    async def story() -> None:
        pacer = paces.pacer()
        for _ in range(8):
            await pacer.shut(1, Call(7, Lane.MASS))
        await pacer.opened()
        assert await a_second(pacer, Lane.MASS) == pytest.approx(SET / 2, abs=2)

    paces.tell(story)


def test_a_429_to_what_shows_no_message_teaches_nothing(paces: Paces) -> None:
    async def story() -> None:
        gate, pacer = telegram(), paces.pacer()
        await send(pacer, gate, Call(1))
        await pacer.shut(1)
        await pacer.opened()
        assert await at_once(pacer, 2) == 18
        assert await a_second(pacer, Lane.MASS) == pytest.approx(SET, abs=2)

    paces.tell(story)
