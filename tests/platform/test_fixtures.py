"""The tests' own databases: empty, at the newest schema, and nobody else's."""

from datetime import datetime

from redis.asyncio import Redis

from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.category import Category
from tests.support.clock import StoppedClock


async def _add_food() -> Category:
    return await Category.create(key="food", name_ru="Еда", name_en="Food", emoji="🍎", position=1)


async def test_each_test_has_an_empty_database(database: str) -> None:
    assert await Category.all().count() == 0
    assert (await _add_food()).id == 1


async def test_whatever_another_test_wrote_is_gone(database: str) -> None:
    assert await Category.all().count() == 0
    assert (await _add_food()).id == 1


async def test_both_engines_take_the_same_statement(database: str, engine: str) -> None:
    assert is_postgres() == (engine == "postgres")
    await _add_food()
    found = await rows("SELECT key FROM categories WHERE key = $1 OR name_ru = $1", ["food"])
    assert found == [{"key": "food"}]


async def test_valkey_is_real_and_empty(valkey_url: str) -> None:
    async with Redis.from_url(valkey_url) as client:
        assert await client.dbsize() == 0
        assert "valkey_version" in await client.info("server")


async def test_time_moves_only_when_told(ctx: Context, clock: StoppedClock) -> None:
    assert ctx.clock() == datetime.fromisoformat("2026-11-21T09:00Z")
    clock.advance(days=1)
    assert ctx.clock() == datetime.fromisoformat("2026-11-22T09:00Z")
