"""The queue in memory and the one on Redis keep the same promises."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from backend.outbox.claim import Claimed
from backend.worker.queue import CONCURRENCY, FULL, open_queue


@pytest.fixture(params=["memory", "redis"])
def url(request: pytest.FixtureRequest, valkey_url: str) -> str:
    return "memory://" if request.param == "memory" else valkey_url


class Hands:
    """Take tasks; `held` until they are told to go on."""

    def __init__(self) -> None:
        self.taken: list[list[int]] = []
        self.changed = asyncio.Event()
        self.go_on = asyncio.Event()
        self.broken: set[int] = set()

    async def __call__(self, claimed: Sequence[Claimed]) -> None:
        self.taken.append([each.id for each in claimed])
        self.changed.set()
        await self.go_on.wait()
        if self.broken & {each.id for each in claimed}:
            raise RuntimeError("a bug")

    async def have(self, tasks: int) -> None:
        async with asyncio.timeout(30):
            while len(self.taken) < tasks:
                self.changed.clear()
                await self.changed.wait()


def task(*ids: int) -> list[Claimed]:
    return [Claimed(each, 0, "greet") for each in ids]


async def stopped(working: asyncio.Task[None]) -> None:
    working.cancel()
    _, left = await asyncio.wait([working], timeout=10)
    assert not left


async def test_a_task_carries_what_it_was_given_and_only_so_many_are_at_work(url: str) -> None:
    hands = Hands()
    async with open_queue(url, hands) as queue:
        for number in range(CONCURRENCY + 2):
            await queue.add(task(number * 10, number * 10 + 1))
        working = asyncio.create_task(queue.work())
        await hands.have(CONCURRENCY)
        await asyncio.sleep(0.3)
        assert len(hands.taken) == CONCURRENCY
        hands.go_on.set()
        await hands.have(CONCURRENCY + 2)
        assert sorted(hands.taken) == [[n * 10, n * 10 + 1] for n in range(CONCURRENCY + 2)]
        await stopped(working)


async def test_the_same_task_waits_once_and_may_come_again_when_it_is_over(url: str) -> None:
    hands = Hands()
    hands.go_on.set()
    async with open_queue(url, hands) as queue:
        await queue.add(task(1, 2))
        await queue.add(task(1, 2))
        await queue.add(task(3))
        working = asyncio.create_task(queue.work())
        await hands.have(2)
        await asyncio.sleep(0.3)
        assert sorted(hands.taken) == [[1, 2], [3]]
        await queue.add(task(1, 2))
        await hands.have(3)
        assert hands.taken[2] == [1, 2]
        await stopped(working)


async def test_a_full_queue_says_so_until_there_is_room(url: str) -> None:
    hands = Hands()
    async with open_queue(url, hands) as queue:
        for number in range(FULL):
            assert not await queue.is_full()
            await queue.add(task(number))
        assert await queue.is_full()
        hands.go_on.set()
        working = asyncio.create_task(queue.work())
        await hands.have(FULL)
        async with asyncio.timeout(10):
            while await queue.is_full():  # noqa: ASYNC110  docket tells nobody
                await asyncio.sleep(0.01)
        await stopped(working)


async def test_a_task_that_breaks_takes_no_place_from_the_others(url: str) -> None:
    hands = Hands()
    hands.go_on.set()
    hands.broken = set(range(CONCURRENCY))
    async with open_queue(url, hands, timedelta(seconds=30)) as queue:
        for number in range(CONCURRENCY + 1):
            await queue.add(task(number))
        working = asyncio.create_task(queue.work())
        await hands.have(CONCURRENCY + 1)
        assert [CONCURRENCY] in hands.taken
        await stopped(working)
