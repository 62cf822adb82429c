"""The gate of outgoing calls, in memory and on a real Valkey, before a Telegram that refuses
what its documents refuse, and everything for a while once it has.

In virtual time, so that every number is exact. How near a push comes to what is allowed on a
real clock is measured by the bench `pacing`.
"""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from redis.asyncio import Redis

from backend.messaging.telegram.pace import Call, Lane
from tests.messaging.pace.paces import ALLOWED, SET, Paces, push, send, tap, telegram
from tests.support.virtual_time import now, outside


@pytest.fixture(params=["memory", "redis"])
def paces(request: pytest.FixtureRequest, valkey_url: str) -> Paces:
    return Paces(request.param, valkey_url)


def test_a_push_keeps_its_pace_and_is_never_refused(paces: Paces) -> None:
    async def story() -> None:
        gate, pacer = telegram(), paces.pacer(ALLOWED * 0.98)
        await push(pacer, gate, range(1, 601))
        assert gate.refused == 0
        assert 600 / now() == pytest.approx(ALLOWED * 0.98, rel=0.005)

    paces.tell(story)


def test_a_hundred_taps_a_second_beside_a_push(paces: Paces) -> None:
    """Everybody taps once: 1,000 people in ten seconds, and the push goes on as if alone."""

    async def story() -> None:
        gate, pacer = telegram(), paces.pacer()
        pushing = asyncio.create_task(push(pacer, gate, range(1, 10_000)))
        taps = []
        for person in range(1000):
            taps.append(asyncio.create_task(tap(pacer, gate, 20_000 + person)))
            await asyncio.sleep(0.01)
        assert max(await asyncio.gather(*taps)) < 0.01
        pushing.cancel()
        assert gate.refused == 0
        # The chats below 10,000 are those that the push has reached.
        assert sum(chat < 10_000 for chat in gate.chats) >= SET * 10 - 1

    paces.tell(story)


def test_new_messages_in_answer_take_the_places_of_a_push(paces: Paces) -> None:
    """Telegram may count them together: ten a second are answered at once, and the push has
    what is left."""

    async def story() -> None:
        gate, pacer = telegram(), paces.pacer()
        pushing = asyncio.create_task(push(pacer, gate, range(1, 10_000)))
        answered = []
        for person in range(100):
            answered.append(asyncio.create_task(send(pacer, gate, Call(20_000 + person))))
            await asyncio.sleep(0.1)
        assert max(await asyncio.gather(*answered)) < 0.01
        pushing.cancel()
        assert gate.refused == 0
        reached = sum(chat < 10_000 for chat in gate.chats)
        assert reached == pytest.approx((SET - 10) * 10, abs=4)

    paces.tell(story)


def test_however_much_is_answered_a_push_does_not_stand_still(paces: Paces) -> None:
    async def story() -> None:
        gate, pacer = telegram(per_second=1000, burst=1000), paces.pacer()
        pushing = asyncio.create_task(push(pacer, gate, range(1, 10_000)))
        for person in range(600):
            await send(pacer, gate, Call(20_000 + person))
            await asyncio.sleep(0.0167)
        reached = sum(chat < 10_000 for chat in gate.chats)
        assert reached >= 10
        await asyncio.sleep(5)
        pushing.cancel()
        assert sum(chat < 10_000 for chat in gate.chats) - reached >= SET * 4 - 1

    paces.tell(story)


def test_who_taps_quickly_does_not_wait(paces: Paces) -> None:
    """Twenty taps in five seconds; then Telegram's one a second is what it is."""

    async def story() -> None:
        gate, pacer = telegram(), paces.pacer()
        waits = []
        for _ in range(40):
            waits.append(await tap(pacer, gate, 1))
            await asyncio.sleep(0.25)
        assert max(waits[:20]) < 0.01
        assert max(waits) <= 1
        assert gate.refused == 0

    paces.tell(story)


def test_notices_go_before_a_mass_send(paces: Paces) -> None:
    async def story() -> None:
        gate, pacer = telegram(), paces.pacer()
        pushing = asyncio.create_task(push(pacer, gate, range(1, 301), places=300))
        await asyncio.sleep(0.2)
        notices = (send(pacer, gate, Call(9000 + n, Lane.NOTICE)) for n in range(10))
        # Behind the two places that the push has taken already, 28 a second.
        assert max(await asyncio.gather(*notices)) <= 13 / SET
        assert not pushing.done()
        pushing.cancel()
        assert gate.refused == 0

    paces.tell(story)


def test_a_chat_that_must_wait_holds_up_nobody_else(paces: Paces) -> None:
    async def story() -> None:
        gate, pacer = telegram(), paces.pacer()
        anna = [asyncio.create_task(send(pacer, gate, Call(1, new=False))) for _ in range(20)]
        boris = await asyncio.gather(*(send(pacer, gate, Call(2, new=False)) for _ in range(18)))
        assert max(boris) < 0.1
        await asyncio.sleep(0.5)
        assert sum(task.done() for task in anna) == 18
        assert max(await asyncio.gather(*anna)) == pytest.approx(2, abs=0.1)
        assert gate.refused == 0

    paces.tell(story)


def test_a_group_gets_twenty_a_minute(paces: Paces) -> None:
    async def story() -> None:
        pacer, sent = paces.pacer(), []
        while now() < 60:
            await pacer.turn(Call(-5))
            sent.append(now())
        assert 19 <= sum(at < 60 for at in sent) <= 20

    paces.tell(story)


def test_a_429_stops_everybody_until_it_is_over(paces: Paces) -> None:
    async def story() -> None:
        pacer = paces.pacer()
        await pacer.shut(40)
        everybody = [Call(1), Call(2, Lane.NOTICE), Call(3, Lane.MASS), Call(4, new=False)]
        turns: list[asyncio.Task[Any]] = []
        turns += [asyncio.create_task(pacer.turn(call)) for call in everybody]
        turns.append(asyncio.create_task(pacer.opened()))
        await asyncio.sleep(39.9)
        assert not any(turn.done() for turn in turns)
        await asyncio.sleep(0.3)
        assert all(turn.done() for turn in turns)

    paces.tell(story)


def test_who_waits_for_a_turn_when_the_gate_shuts_queues_up_again(paces: Paces) -> None:
    async def story() -> None:
        pacer, passed = paces.pacer(), []

        async def turn(chat: int) -> None:
            await pacer.turn(Call(chat, Lane.NOTICE))
            passed.append(now())

        turns = [asyncio.create_task(turn(chat)) for chat in range(1, 21)]
        await asyncio.sleep(0.2)
        before = len(passed)
        assert 0 < before < 20
        await pacer.shut(10)
        await asyncio.gather(*turns)
        assert sum(at < 10.2 for at in passed) == before
        assert min(after - first for first, after in pairwise(passed)) > 0.03

    paces.tell(story)


def test_processes_share_one_rate_and_one_gate(valkey_url: str) -> None:
    paces = Paces("redis", valkey_url)

    async def story() -> None:
        gate, bot, worker = telegram(), paces.pacer(), paces.pacer()
        both = asyncio.gather(push(bot, gate, range(1, 151)), push(worker, gate, range(1001, 1151)))
        assert sum(await both) == 300
        assert gate.refused == 0
        assert 300 / now() == pytest.approx(SET, rel=0.02)
        await asyncio.sleep(1)
        await worker.shut(30)
        began = now()
        await asyncio.gather(bot.opened(), bot.turn(Call(1, new=False)))
        assert now() - began == pytest.approx(30, abs=0.1)

    paces.tell(story)


def test_the_gate_heals_when_redis_is_emptied(valkey_url: str) -> None:
    paces = Paces("redis", valkey_url)

    async def story() -> None:
        pacer = paces.pacer()
        await pacer.turn(Call(1))
        with outside():
            async with Redis.from_url(valkey_url) as redis:
                await redis.flushdb()
                await redis.script_flush()
        await pacer.turn(Call(1))
        await pacer.shut(1, Call(1))
        await pacer.opened()

    paces.tell(story)
