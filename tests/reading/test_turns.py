"""Eight accounts that send heavy files do not keep anybody else waiting for them all."""

import asyncio

import pytest

from backend.reading import turns
from backend.reading.turns import Busy, Spent, Turns


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_whoever_used_least_comes_next() -> None:
    clock = Clock()
    line = Turns(1, 16, clock)
    order: list[int] = []

    async def send(who: int, seconds: float) -> None:
        async with line.turn(who):
            await asyncio.sleep(0)
            clock.now += seconds
            order.append(who)

    for attacker in range(1, 9):
        await send(attacker, 12)
    order.clear()
    await asyncio.gather(*(send(attacker, 12) for attacker in range(1, 9)), send(99, 0.1))
    assert order.index(99) == 1, "after the one that was being read already"


async def test_one_person_has_two_places_and_no_more() -> None:
    line = Turns(1, 16)
    async with line.turn(1):
        second = asyncio.create_task(_once(line, 1))
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await _once(line, 1)
        other = asyncio.create_task(_once(line, 2))
        await asyncio.sleep(0)
    await asyncio.gather(second, other)
    await _once(line, 1)


async def test_whoever_waits_too_long_or_goes_away_leaves_no_hole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    line = Turns(1, 16)
    async with line.turn(1):
        with pytest.raises(Busy):
            await _once(line, 2)
        gone = asyncio.create_task(_once(line, 3))
        await asyncio.sleep(0)
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
    await _once(line, 2)
    assert await asyncio.gather(*(_once(line, who) for who in range(5)))


async def _once(line: Turns, who: int) -> bool:
    async with line.turn(who):
        await asyncio.sleep(0)
    return True


def test_what_was_used_is_forgotten_by_and_by() -> None:
    clock = Clock()
    spent = Spent(clock)
    spent.add(1, 10.0)
    clock.now += turns.HALF_LIFE
    assert spent.of(1) == pytest.approx(5.0)
    for who in range(2_000):
        clock.now += 1
        spent.add(who, 2.0)
    assert len(spent._used) < 1_100
