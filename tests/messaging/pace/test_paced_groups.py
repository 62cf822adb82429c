"""Turns of some at a time, as a campaign takes them: in memory and on a real Valkey, in virtual
time, before a Telegram that refuses everything for a while once it has refused."""

import asyncio
from collections.abc import Iterable

import pytest

from backend.messaging.telegram.gate import GatePacer
from backend.messaging.telegram.pace import Call, Lane
from bot.sandbox.limits import Gate
from tests.messaging.pace.paces import ALLOWED, SET, Paces, send, tap, telegram
from tests.support.virtual_time import now


@pytest.fixture(params=["memory", "redis"])
def paces(request: pytest.FixtureRequest, valkey_url: str) -> Paces:
    return Paces(request.param, valkey_url)


async def campaign(pacer: GatePacer, gate: Gate, chats: Iterable[int], together: int) -> int:
    """One message to each chat, so many at a time; who is late comes again. Returns how many."""
    waiting, sent = list(chats), 0
    while waiting:
        group, waiting = waiting[:together], waiting[together:]
        turns = await pacer.near(group, Lane.MASS, ahead=0.0)
        leaving = [chat for chat, late in zip(group, turns.late, strict=True) if not late]
        for number, chat in enumerate(leaving):
            await asyncio.sleep(turns.at + number * turns.every - now())
            gate.admit(chat, 1, new=True)
            sent += 1
        late = [chat for chat, wait in zip(group, turns.late, strict=True) if wait]
        if late and not waiting:
            await asyncio.sleep(max(turns.late))
        waiting += late
    return sent


@pytest.mark.parametrize(("rate", "together"), [(30.0, 1), (300.0, 6), (1000.0, 20)])
def test_groups_keep_the_pace_and_are_never_refused(
    paces: Paces, rate: float, together: int
) -> None:
    async def story() -> None:
        gate, pacer = telegram(per_second=rate), paces.pacer(rate * 0.98)
        people = int(rate * 20)
        assert await campaign(pacer, gate, range(1, people + 1), together) == people
        assert gate.refused == 0
        assert people / now() == pytest.approx(rate * 0.98, rel=0.01)

    paces.tell(story)


def test_a_chat_that_has_had_its_share_waits_and_takes_nobodys_turn(paces: Paces) -> None:
    async def story() -> None:
        pacer = paces.pacer(1000)
        for _ in range(18):
            assert (await pacer.near([7], Lane.MASS)).late == [0.0]
        turns = await pacer.near([7, 8, 9], Lane.MASS)
        late, *others = turns.late
        assert 0 < late <= 1
        assert others == [0.0, 0.0]
        after = await pacer.near([10], Lane.MASS)
        assert after.at - turns.at == pytest.approx(2 / 1000, abs=0.001)

    paces.tell(story)


def test_a_shut_gate_holds_a_group_back(paces: Paces) -> None:
    """Also one whose turn was near already."""

    async def story() -> None:
        pacer = paces.pacer(10)
        await pacer.near([1, 2, 3], Lane.MASS)
        waiting = asyncio.create_task(pacer.near([4], Lane.MASS))
        await asyncio.sleep(0.1)
        await pacer.shut(30, Call(5))
        assert (await waiting).at >= 30

    paces.tell(story)


def test_answers_and_notices_go_before_a_campaign(paces: Paces) -> None:
    async def story() -> None:
        gate, pacer = telegram(), paces.pacer()
        pushing = asyncio.create_task(campaign(pacer, gate, range(1, 10_000), 1))
        await asyncio.sleep(1)
        for person in range(20_000, 20_050):
            assert await tap(pacer, gate, person) < 0.01
        waits = [await send(pacer, gate, Call(30_000 + n, Lane.NOTICE)) for n in range(20)]
        assert max(waits) < 3 / SET
        pushing.cancel()
        assert gate.refused == 0
        assert SET < ALLOWED

    paces.tell(story)
