"""Read-then-write from three processes on one SQLite file: nobody sees "database is locked"."""

import asyncio

import pytest

from backend.platform.database import connect, disconnect
from models.category import Category
from tests.support.machine.processes import finish, start_python

TIMES = 60


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_three_processes_count_together(database_url: str) -> None:
    await connect(database_url)
    await Category.create(key="counter", name_ru="Счёт", name_en="Count", emoji="🔢", position=0)
    worker = "tests.platform.process_count"
    processes = [await start_python(worker, database_url, str(TIMES)) for _ in range(3)]
    await asyncio.gather(*(finish(process) for process in processes))
    assert (await Category.get(key="counter")).position == 3 * TIMES
    await disconnect()
