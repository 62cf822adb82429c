"""Schedules: of two workers one announces, and the other takes over when it is gone."""

import asyncio

from backend.platform.settings import Settings
from backend.worker.lead import lead


class Work:
    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def __call__(self) -> None:
        self.begun.set()
        await asyncio.Event().wait()


async def test_one_at_a_time(database: str) -> None:
    settings = Settings(database_url=database)
    first, second, other = Work(), Work(), Work()
    leading = asyncio.create_task(lead("story", settings, first))
    async with asyncio.timeout(30):
        await first.begun.wait()
        waiting = asyncio.create_task(lead("story", settings, second))
        beside = asyncio.create_task(lead("another", settings, other))
        await other.begun.wait()
        assert not second.begun.is_set()
        leading.cancel()
        await second.begun.wait()
    for task in (waiting, beside):
        task.cancel()
    await asyncio.gather(leading, waiting, beside, return_exceptions=True)
