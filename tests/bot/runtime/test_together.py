"""Small writes of many tasks as one: each once, and each hears how its own ended."""

import asyncio

import pytest

from bot.intake.together import Together


class Book:
    """Writes down what comes; holds a write back until `go_on`; refuses what is in `refused`."""

    def __init__(self) -> None:
        self.written: list[list[int]] = []
        self.refused: set[int] = set()
        self.began, self.go_on = asyncio.Event(), asyncio.Event()

    async def write(self, items: list[int]) -> None:
        self.began.set()
        await self.go_on.wait()
        if self.refused & set(items):
            raise KeyError(items[0])
        self.written.append(items)


async def begun(book: Book) -> tuple[Together[int], asyncio.Task[None]]:
    """The write of 1 is under way."""
    together = Together(book.write)
    first = asyncio.create_task(together(1))
    await book.began.wait()
    return together, first


async def test_what_comes_meanwhile_goes_together_with_the_next() -> None:
    book = Book()
    together, first = await begun(book)
    others = [asyncio.create_task(together(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    book.go_on.set()
    await asyncio.gather(first, *others)
    await together(5)
    assert book.written == [[1], [2, 3, 4], [5]]


async def test_a_failure_is_told_to_those_whose_write_it_was() -> None:
    book = Book()
    book.refused = {2}
    together, first = await begun(book)
    second = asyncio.create_task(together(2))
    await asyncio.sleep(0)
    book.go_on.set()
    await first
    with pytest.raises(KeyError):
        await second
    await together(3)
    assert book.written == [[1], [3]]


async def test_who_is_cancelled_while_waiting_spoils_nothing_for_the_others() -> None:
    book = Book()
    together, first = await begun(book)
    second, third = (asyncio.create_task(together(number)) for number in (2, 3))
    await asyncio.sleep(0)
    first.cancel()
    second.cancel()
    book.go_on.set()
    await third
    assert book.written == [[1], [2, 3]]
