"""Writes of SQLite that come at the same time: one commit, and each its own answer."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from backend.platform.database import connection, rows
from backend.platform.engines.group_commit import Write, write_all
from models.category import Category

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
_ADD = """
INSERT INTO categories (key, name_ru, name_en, emoji, position)
VALUES ($1, 'Кофе', 'Coffee', '☕', $2) RETURNING id, key
"""


async def commits_of(*writes: asyncio.Future[list[dict[str, Any]]]) -> int:
    """How many groups were committed until these were answered."""
    raw = connection()._connection
    told: list[str] = []
    await raw.set_trace_callback(told.append)
    await asyncio.wait(writes)
    await raw.set_trace_callback(None)
    return sum(1 for statement in told if statement.startswith("COMMIT"))


async def test_what_waits_at_once_is_committed_at_once(database: str) -> None:
    writes = [asyncio.ensure_future(rows(_ADD, [f"k{n}", n])) for n in range(50)]
    assert await commits_of(*writes) == 1
    for number, write in enumerate(writes):
        assert write.result()[0]["key"] == f"k{number}"
    assert await Category.filter(key__startswith="k").count() == 50


async def test_one_that_fails_concerns_no_other(database: str) -> None:
    await rows(_ADD, ["k3", 0])
    writes = [asyncio.ensure_future(rows(_ADD, [f"k{n}", n])) for n in range(8)]
    await asyncio.wait(writes)
    assert isinstance(writes[3].exception(), IntegrityError)
    assert [write.exception() for write in writes if write is not writes[3]] == [None] * 7
    found = await Category.filter(key__startswith="k").values_list("key", "position")
    assert sorted(found) == [("k3", 0) if n == 3 else (f"k{n}", n) for n in range(8)]


async def test_they_are_written_in_the_order_in_which_they_came(database: str) -> None:
    await rows(_ADD, ["last", -1])
    change = "UPDATE categories SET position = $1 WHERE key = 'last' AND position = $1 - 1"
    await asyncio.gather(*(connection().execute_query(change.replace("$1", "?1"), [n])
                           for n in range(30)))  # fmt: skip
    assert (await Category.get(key="last")).position == 29


async def test_who_is_cancelled_takes_nothing_from_the_others(database: str) -> None:
    writes = [asyncio.ensure_future(rows(_ADD, [f"k{n}", n])) for n in range(10)]
    await asyncio.sleep(0)
    for write in writes[::2]:
        write.cancel()
    await asyncio.wait(writes)
    kept = {key for (key,) in await Category.filter(key__startswith="k").values_list("key")}
    assert {f"k{n}" for n in range(1, 10, 2)} <= kept
    assert not any(write.exception() for write in writes[1::2])


async def test_each_new_row_is_told_its_own_id(database: str) -> None:
    made = await asyncio.gather(
        *(
            Category.create(key=f"k{n}", name_ru="Чай", name_en="Tea", emoji="🫖", position=n)
            for n in range(20)
        )
    )
    for number, category in enumerate(made):
        assert (await Category.get(id=category.id)).position == number


def test_of_a_group_that_cannot_be_written_nothing_stands(engine: str, tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "some.db", isolation_level=None)
    raw.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
    twice = [Write("INSERT INTO notes VALUES (?)", [1])] * 2
    with pytest.raises(sqlite3.IntegrityError):
        write_all(raw, twice)
    assert not raw.in_transaction
    assert raw.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    raw.close()
