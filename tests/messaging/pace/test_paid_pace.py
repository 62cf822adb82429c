"""What is paid for has a pace of its own; the gate is one."""

import asyncio

import pytest

from backend.messaging.telegram.pace import Call, Lane
from bot.sandbox.errors import ApiError
from tests.messaging.pace.paces import ALLOWED, SET, Paces, telegram
from tests.support.virtual_time import now

PAID = 300.0


@pytest.fixture(params=["memory", "redis"])
def paces(request: pytest.FixtureRequest, valkey_url: str) -> Paces:
    return Paces(request.param, valkey_url)


def test_beside_the_free_ones(paces: Paces) -> None:
    """Each at its own pace for four seconds, in groups too; nobody is refused."""

    async def story() -> None:
        pacer, gate = paces.pacer(SET, PAID), telegram(per_second=ALLOWED, paid_per_second=320)
        sent = {Lane.MASS: 0, Lane.PAID: 0}

        async def go_out(lane: Lane, first: int, together: int) -> None:
            chat = first
            while now() < 4:
                chats = list(range(chat, chat + together))
                turns = await pacer.near(chats, lane)
                for number, each in enumerate(chats):
                    await asyncio.sleep(turns.at + number * turns.every - now())
                    gate.admit(each, paid=lane is Lane.PAID)
                    sent[lane] += 1
                chat += together

        await asyncio.gather(go_out(Lane.MASS, 1, 1), go_out(Lane.PAID, 10_000, 6))
        assert gate.refused == 0
        assert sent[Lane.MASS] == pytest.approx(4 * SET, rel=0.05)
        assert sent[Lane.PAID] == pytest.approx(4 * PAID, rel=0.05)
        assert gate.limits.stars * 10 - gate.tenths == sent[Lane.PAID]

    paces.tell(story)


def test_a_429_shuts_the_gate_for_all_and_lowers_what_was_to_blame(paces: Paces) -> None:
    async def story() -> None:
        pacer = paces.pacer(SET, PAID)
        for lane in (Lane.PAID, Lane.MASS):
            await pacer.turn(Call(1, lane))
        await pacer.shut(2, Call(1, Lane.PAID))
        assert await pacer.shut_for() == pytest.approx(2, abs=0.01)
        began = now()
        for chat in range(2, 12):
            await pacer.turn(Call(chat, Lane.MASS))
        assert now() - began == pytest.approx(2 + 9 / SET, abs=0.15), "as quick as before"
        turns = await pacer.near([100, 101], Lane.PAID)
        assert turns.every == pytest.approx(2 / PAID, rel=0.05), "half as quick"

    paces.tell(story)


def test_a_balance_that_is_too_low_is_no_429() -> None:
    """As the sandbox plays it: nothing that is to be paid is taken, and the rest goes on."""
    gate = telegram(stars=1)
    gate.clock = lambda: 0.0
    for chat in range(1, 11):
        gate.admit(chat, paid=True)
    assert gate.tenths == 0
    with pytest.raises(ApiError, match="BALANCE_TOO_LOW"):
        gate.admit(11, paid=True)
    gate.admit(11)
    assert gate.refused == 0
