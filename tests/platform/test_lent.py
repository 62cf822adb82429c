"""Connections that are lent again without their pool."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from asyncpg import InterfaceError

from backend.platform.engines import lent
from backend.platform.engines.lent import Lender


@dataclass(eq=False)
class Wire:
    closed: bool = False
    begun: bool = False
    # Closed by the server: asyncpg has taken the connection out of what stands for it.
    taken: bool = False

    def is_closed(self) -> bool:
        if self.taken:
            raise InterfaceError("connection has been released back to the pool")
        return self.closed

    def is_in_transaction(self) -> bool:
        return self.begun


@dataclass
class Pool:
    """Of so many connections; who asks for more waits."""

    size: int = 2
    back: list[Wire] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.queue: asyncio.Queue[Wire] = asyncio.Queue()
        for _ in range(self.size):
            self.queue.put_nowait(Wire())

    async def acquire(self) -> Wire:
        return await self.queue.get()

    async def release(self, wire: Wire) -> None:
        self.back.append(wire)
        self.queue.put_nowait(wire)


def lender_of(pool: Pool) -> Any:
    return Lender(cast("Any", pool))


async def test_what_comes_back_whole_is_lent_again() -> None:
    pool = Pool()
    lender = lender_of(pool)
    first = await lender.take()
    await lender.give_back(first, whole=True)
    assert await lender.take() is first
    assert pool.back == []


@pytest.mark.parametrize(("wire", "whole"), [
    (Wire(), False), (Wire(closed=True), True), (Wire(begun=True), True),
    (Wire(taken=True), True),
])  # fmt: skip
async def test_what_is_in_doubt_goes_back_to_the_pool(wire: Wire, whole: bool) -> None:
    pool = Pool()
    lender = lender_of(pool)
    await lender.give_back(wire, whole=whole)
    assert pool.back == [wire]
    assert await lender.take() is not wire


@pytest.mark.parametrize("how", ["closed", "taken"])
async def test_what_was_closed_meanwhile_is_not_lent(how: str) -> None:
    pool = Pool()
    lender = lender_of(pool)
    first = await lender.take()
    await lender.give_back(first, whole=True)
    setattr(first, how, True)
    assert await lender.take() is not first
    assert pool.back == [first]


async def test_who_waits_for_the_pool_gets_what_comes_back() -> None:
    pool = Pool(size=1)
    lender = lender_of(pool)
    first = await lender.take()
    waiting = asyncio.create_task(lender.take())
    gone = asyncio.create_task(lender.take())
    await asyncio.sleep(0)
    gone.cancel()
    await lender.give_back(first, whole=True)
    assert await waiting is first
    await lender.give_back(first, whole=True)
    # Nobody waits any more, not even who was cancelled.
    assert pool.back == [first]


async def test_now_and_then_the_pool_has_a_look_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lent, "_LOOKED_AFTER", 3)
    pool = Pool()
    lender = lender_of(pool)
    first, second = await lender.take(), await lender.take()
    await lender.give_back(first, whole=True)
    await lender.give_back(second, whole=True)
    assert pool.back == []
    await lender.give_back(await lender.take(), whole=True)
    assert set(map(id, pool.back)) == {id(first), id(second)}


async def test_after_the_end_nothing_is_kept() -> None:
    pool = Pool()
    lender = lender_of(pool)
    first, second = await lender.take(), await lender.take()
    await lender.give_back(first, whole=True)
    await lender.close()
    await lender.give_back(second, whole=True)
    assert pool.back == [first, second]
