"""The gate of outgoing calls, in memory and on a real Valkey, against a strict server.

The server is a leaky bucket that refuses with "retry after" and, in penalty mode, refuses
everything until that has passed: as Telegram does.
"""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from backend.messaging.telegram.pace import GatePacer
from backend.messaging.telegram.pace_memory import MemoryReservations, memory_pacer
from backend.messaging.telegram.pace_redis import redis_pacer
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Gate, Limits
from tests.support.waiting import until

ALLOWED = 200.0


@pytest.fixture(params=["memory", "redis"])
async def pacer(request: pytest.FixtureRequest, valkey_url: str) -> AsyncIterator[GatePacer]:
    made = (
        memory_pacer(ALLOWED * 0.97)
        if request.param == "memory"
        else redis_pacer(valkey_url, "1", ALLOWED * 0.97)
    )
    yield made
    await made.aclose()


def server(burst: int, allowed: float = ALLOWED) -> Gate:
    return Gate(Limits(per_second=allowed, burst=burst, penalty=True), time.monotonic)


async def send(pacer: GatePacer, gate: Gate, chat: int, *, mass: bool = True) -> float:
    """Send as the session does; the retry is scaled down with the rest of the test."""
    while True:
        await pacer.turn(chat, mass=mass)
        try:
            gate.admit(chat)
        except ApiError:
            gate.closed_until = time.monotonic() + 0.1
            await pacer.shut(0.1)
        else:
            return time.monotonic()


async def test_a_mass_send_is_never_refused(pacer: GatePacer) -> None:
    """How near it comes to what is allowed is measured by the bench `pacing`: it depends on
    what else the machine does."""
    gate = server(burst=12)
    began = time.monotonic()
    await asyncio.gather(*(send(pacer, gate, chat) for chat in range(1, 401)))
    rate = 399 / (time.monotonic() - began)
    assert gate.refused == 0
    assert rate <= ALLOWED * 1.02


async def test_a_server_stricter_than_thought_does_not_livelock(pacer: GatePacer) -> None:
    """Half the rate and hardly a burst, with penalties: the retries queue at the same gate."""
    gate = server(burst=20, allowed=ALLOWED / 2)
    async with asyncio.timeout(20):
        await asyncio.gather(*(send(pacer, gate, chat) for chat in range(1, 201)))
    assert gate.refused < 40


async def test_answers_go_before_a_mass_send(pacer: GatePacer) -> None:
    gate = server(burst=50)
    push = asyncio.gather(*(send(pacer, gate, chat) for chat in range(1, 301)))
    await asyncio.sleep(0.2)
    began = time.monotonic()
    answered = await asyncio.gather(*(send(pacer, gate, 9000 + n, mass=False) for n in range(10)))
    assert max(answered) - began < 0.35
    assert not push.done()
    await push


async def test_a_chat_that_must_wait_holds_up_nobody_else(pacer: GatePacer) -> None:
    gate = server(burst=50)
    anna = [asyncio.create_task(send(pacer, gate, 1, mass=False)) for _ in range(7)]
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await asyncio.gather(*(send(pacer, gate, chat) for chat in range(2, 42)))
    assert time.monotonic() - began < 0.6
    assert sum(task.done() for task in anna) == 5
    done = await asyncio.gather(*anna)
    assert 0.8 < max(done) - began < 2.5


async def test_a_429_stops_everybody_until_it_is_over(pacer: GatePacer) -> None:
    await pacer.shut(0.4)
    began = time.monotonic()
    await asyncio.gather(pacer.turn(1), pacer.turn(2, mass=True), pacer.turn(None), pacer.opened())
    assert 0.38 <= time.monotonic() - began < 1


async def test_who_waits_for_a_turn_when_the_gate_shuts_queues_up_again(pacer: GatePacer) -> None:
    async def turn(chat: int) -> float:
        await pacer.turn(chat)
        return time.monotonic()

    turns = [asyncio.create_task(turn(chat)) for chat in range(1, 21)]
    await until(lambda: any(task.done() for task in turns), "a first turn")
    left = sum(task.done() for task in turns)
    began = time.monotonic()
    await pacer.shut(0.4)
    ended = await asyncio.gather(*turns)
    assert sum(at - began < 0.4 for at in ended) - left <= 2


async def test_a_group_gets_twenty_a_minute() -> None:
    now = 100.0
    slots = MemoryReservations(28, lambda: now)
    sent = 0
    while now < 160.0:
        slot = await slots.reserve(-5, 1)
        now += slot.seconds
        sent += now < 160.0
    assert 19 <= sent <= 20


async def test_two_processes_share_one_rate(valkey_url: str) -> None:
    gate = server(burst=12)
    both = [redis_pacer(valkey_url, "1", ALLOWED * 0.97) for _ in range(2)]
    await asyncio.gather(*(send(both[chat % 2], gate, chat) for chat in range(1, 301)))
    assert gate.refused == 0
    for one in both:
        await one.aclose()


async def test_the_gate_heals_when_redis_is_emptied(valkey_url: str) -> None:
    pacer = redis_pacer(valkey_url, "1", ALLOWED)
    await pacer.turn(1)
    async with Redis.from_url(valkey_url) as redis:
        await redis.flushdb()
        await redis.script_flush()
    await pacer.turn(1)
    await pacer.aclose()
