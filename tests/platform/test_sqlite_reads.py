"""Short reads of SQLite wait for nobody, long ones hold up nobody."""

import asyncio
from pathlib import Path

import pytest

from backend.platform.database import connect, connection, disconnect, rows, transaction
from backend.platform.engines.quick_reads import STEPS, QuickReads
from models.category import Category

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
_COUNT = """
SELECT count(*) AS counted FROM (
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
    SELECT n FROM numbers)
"""
LONG = 3_000_000


async def add(key: str) -> Category:
    return await Category.create(key=key, name_ru="Кофе", name_en="Coffee", emoji="☕", position=0)


async def test_a_read_sees_what_is_committed_and_waits_for_no_transaction(database: str) -> None:
    await add("seen")
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await add("half")
            assert await Category.filter(key="half").exists()
            begun.set()
            await may_end.wait()

    writing = asyncio.create_task(write())
    await begun.wait()
    async with asyncio.timeout(10):
        found = await Category.filter(key__in=["seen", "half"])
        assert [each.key for each in found] == ["seen"]
    may_end.set()
    await writing
    assert await Category.filter(key="half").exists()


async def test_a_long_read_leaves_the_loop_to_others(database: str) -> None:
    counting = asyncio.ensure_future(rows(_COUNT, [LONG]))
    turns = 0
    while not counting.done():
        assert await Category.filter(key="nobody").count() == 0
        turns += 1
        await asyncio.sleep(0.001)
    assert (await counting)[0]["counted"] == LONG
    assert turns > 1


async def test_what_begins_like_a_read_may_write(database: str) -> None:
    statement = """
    WITH named(key) AS (SELECT $1)
    INSERT INTO categories (key, name_ru, name_en, emoji, position)
    SELECT key, 'Чай', 'Tea', '🫖', 1 FROM named RETURNING key
    """
    for key in ("once", "twice"):
        assert await rows(statement, [key]) == [{"key": key}]
    assert await Category.filter(name_en="Tea").count() == 2


async def test_a_read_knows_a_table_that_was_changed_since(database: str) -> None:
    client = connection()
    await client.execute_script("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
    await client.execute_query("INSERT INTO notes VALUES (1, 'a')")
    assert await rows("SELECT * FROM notes") == [{"id": 1, "text": "a"}]
    await client.execute_script("ALTER TABLE notes ADD COLUMN more TEXT DEFAULT 'b'")
    assert await rows("SELECT * FROM notes") == [{"id": 1, "text": "a", "more": "b"}]


def test_only_what_is_short_is_read_here(engine: str, tmp_path: Path) -> None:
    reads = QuickReads(str(tmp_path / "some.db"))
    statement = _COUNT.replace("$", "?")
    assert reads.fetch(statement, [LONG]) is None
    # A statement that was too long is not begun again, whatever it is asked for.
    assert reads.fetch(statement, [1]) is None
    short = statement + " "
    steps = 0
    while steps < 5 * STEPS:
        # SQLite counts the steps of all its runs.
        (found,) = reads.fetch(short, [500]) or []
        assert found["counted"] == 500
        steps += 500
    for refused in ("SELECT * FROM nowhere", "DELETE FROM nowhere", "PRAGMA user_version"):
        assert reads.fetch(refused, []) is None
    reads.close()


async def test_a_mistake_is_told_as_ever(database_url: str) -> None:
    await connect(database_url)
    with pytest.raises(Exception, match="no such table: nowhere"):
        await rows("SELECT * FROM nowhere")
    await disconnect()
