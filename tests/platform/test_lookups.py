"""Questions that come at the same time go to the database as one."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from backend.platform.database import asked_together, rows, transaction
from backend.platform.engines.lookups import Lookups
from tests.support.factory.brands import make_account


@dataclass(eq=False)
class Book:
    """What stands in it is read when a statement begins; it ends when it is let go on."""

    stands: dict[str, int] = field(default_factory=dict)
    asked: list[list[str]] = field(default_factory=list)
    fails: bool = False

    def __post_init__(self) -> None:
        self.may_go_on = asyncio.Event()
        self.begun = asyncio.Event()

    async def find(self, _group: int, wanted: Sequence[str]) -> Mapping[str, int]:
        found = dict(self.stands)
        self.asked.append(list(wanted))
        self.begun.set()
        await self.may_go_on.wait()
        if self.fails:
            raise ConnectionError
        return found


def asking(lookups: Lookups, book: Book, *wanted: str, group: int = 1) -> list[asyncio.Task[int]]:
    return [asyncio.create_task(lookups.find(book.find, group, each)) for each in wanted]


async def test_who_asks_at_once_is_answered_by_one_statement() -> None:
    lookups, book = Lookups(), Book({"a": 1, "b": 2})
    book.may_go_on.set()
    assert await asyncio.gather(*asking(lookups, book, "a", "b", "nobody", "a")) == [1, 2, None, 1]
    assert book.asked == [["a", "b", "nobody"]]


async def test_no_answer_is_older_than_its_asker() -> None:
    lookups, book = Lookups(), Book({"key": 1})
    early = asking(lookups, book, "key")
    await book.begun.wait()
    del book.stands["key"]
    late = asking(lookups, book, "key", "other")
    await asyncio.sleep(0)
    assert book.asked == [["key"]]
    book.may_go_on.set()
    assert await asyncio.gather(*early, *late) == [1, None, None]
    assert book.asked == [["key"], ["key", "other"]]


async def test_groups_are_asked_apart_and_do_not_wait_for_one_another() -> None:
    lookups, slow, quick = Lookups(), Book({"a": 1}), Book({"a": 2})
    waiting = asking(lookups, slow, "a")
    quick.may_go_on.set()
    assert await asyncio.gather(*asking(lookups, quick, "a")) == [2]
    assert await asyncio.gather(*asking(lookups, quick, "a", group=2)) == [2]
    slow.may_go_on.set()
    assert await asyncio.gather(*waiting) == [1]


async def test_a_failure_is_told_to_those_who_asked_and_to_nobody_else() -> None:
    lookups, book = Lookups(), Book({"a": 1, "b": 2}, fails=True)
    book.may_go_on.set()
    failed = await asyncio.gather(*asking(lookups, book, "a", "b"), return_exceptions=True)
    assert [type(each) for each in failed] == [ConnectionError, ConnectionError]
    book.fails = False
    assert await asyncio.gather(*asking(lookups, book, "a")) == [1]


async def test_who_goes_away_takes_nobody_with_them() -> None:
    lookups, book = Lookups(), Book({"a": 1})
    gone, staying = asking(lookups, book, "a", "a")
    await book.begun.wait()
    gone.cancel()
    book.may_go_on.set()
    assert await staying == 1
    with pytest.raises(asyncio.CancelledError):
        await gone


async def test_what_never_ends_is_given_up_and_the_next_are_asked() -> None:
    lookups, book = Lookups(seconds=0.05), Book({"a": 1})
    with pytest.raises(ConnectionError):
        await lookups.find(book.find, 1, "a")
    book.may_go_on.set()
    assert await lookups.find(book.find, 1, "a") == 1


async def names(_group: None, wanted: Sequence[str]) -> Mapping[str, int]:
    found = await rows("SELECT id, key FROM accounts")
    return {row["key"]: row["id"] for row in found if row["key"] in wanted}


class _Enough(Exception):
    """Undoes what was written."""


async def test_a_transaction_sees_what_it_has_written_and_nobody_else_does(database: str) -> None:
    with suppress(_Enough):
        async with transaction():
            account = await make_account("lavka")
            assert await asked_together(names, None, "lavka") == account.id
            raise _Enough
    assert await asked_together(names, None, "lavka") is None
    account = await make_account("lavka")
    found = await asyncio.gather(*(asked_together(names, None, "lavka") for _ in range(5)))
    assert found == [account.id] * 5
