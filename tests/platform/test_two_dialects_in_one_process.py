"""One process may speak to SQLite and then to PostgreSQL: SQL made for one is not sent to
the other (the ORM's executor cache is global and knows no dialect)."""

from pathlib import Path

import pytest

from backend.platform.database import connect, disconnect
from models.category import Category
from tests.support.database import postgres, sqlite


async def add_and_find() -> str:
    await Category.create(key="tea", name_ru="Чай", name_en="Tea", emoji="🫖", position=1)
    tea = await Category.get(key="tea")
    tea.position = 2
    await tea.save()
    await Category.filter(id=tea.id).delete()
    return tea.name_ru


@pytest.mark.slow
async def test_sqlite_then_postgres_then_sqlite(tmp_path: Path) -> None:
    name = "karman_dialects"
    urls = [
        sqlite.create_database(tmp_path / "karman.db", migrated=True),
        await postgres.create_database(name, migrated=True),
    ]
    for url in [*urls, *urls]:
        await connect(url)
        assert await add_and_find() == "Чай"
        await disconnect()
    await postgres.drop_database(name)
