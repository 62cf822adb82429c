"""Many who ask for the same at once are asked for in one statement."""

import asyncio
from collections.abc import Sequence

import pytest
from redis.exceptions import ConnectionError as RedisAway

from backend.platform.together import Statements, Together


class Doubling:
    """A statement that some numbers break."""

    def __init__(self, breaks: dict[int, Exception] | None = None) -> None:
        self.breaks = breaks or {}
        self.asked: list[list[int]] = []
        self.began = asyncio.Event()

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.asked.append(list(numbers))
        self.began.set()
        await asyncio.sleep(0)
        for number in numbers:
            if number in self.breaks:
                raise self.breaks[number]
        return [2 * number for number in numbers]


async def test_who_asks_while_a_statement_is_under_way_goes_with_the_next() -> None:
    doubling = Doubling()
    statements = Statements()
    first = asyncio.create_task(statements.ask(doubling, 1))
    await doubling.began.wait()
    others = [statements.ask(doubling, number) for number in (2, 3, 3)]
    assert await asyncio.gather(first, *others) == [2, 4, 6, 6]
    assert doubling.asked == [[1], [2, 3, 3]]


async def test_what_is_wrong_with_one_concerns_no_other() -> None:
    doubling = Doubling({2: ValueError("two")})
    together = Together(doubling)
    found = await asyncio.gather(
        *(together.ask([number]) for number in (1, 2, 3)), return_exceptions=True
    )
    assert (found[0], found[2]) == ([2], [6])
    assert isinstance(found[1], ValueError)
    assert doubling.asked == [[1, 2, 3], [1], [2], [3]]


async def test_a_database_that_is_away_is_asked_once() -> None:
    doubling = Doubling({2: RedisAway()})
    together = Together(doubling)
    found = await asyncio.gather(
        *(together.ask([number]) for number in (1, 2, 3)), return_exceptions=True
    )
    assert [type(each) for each in found] == [RedisAway] * 3
    assert doubling.asked == [[1, 2, 3]]


async def test_who_goes_away_takes_nothing_from_the_others() -> None:
    doubling = Doubling()
    statements = Statements()
    gone = asyncio.create_task(statements.ask(doubling, 1))
    stays = asyncio.create_task(statements.ask(doubling, 2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    with pytest.raises(asyncio.CancelledError):
        await gone
    last = asyncio.create_task(statements.ask(doubling, 5))
    await asyncio.sleep(0)
    await statements.end()
    assert doubling.asked[-1] == [5]
    assert await last == 10


@pytest.mark.parametrize("begun", [True, False])
async def test_when_the_work_is_cancelled_nobody_waits_for_ever(begun: bool) -> None:
    doubling = Doubling()
    together = Together(doubling)
    asking = [asyncio.create_task(together.ask([number])) for number in (1, 2)]
    await (doubling.began.wait() if begun else asyncio.sleep(0))
    assert together._at_work is not None
    together._at_work.cancel()
    ended = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(each) for each in ended] == [asyncio.CancelledError] * 2
    assert await together.ask([3]) == [6]
