"""Tasks are cancelled at every point of a transaction; nothing of them stays behind."""

import asyncio
import random

from backend.platform.database import connect, disconnect, rows, transaction
from models.category import Category

ROUNDS = 250
CLIENTS = 8


async def write_one(number: int) -> None:
    async with transaction():
        await Category.create(
            key=f"key-{number}", name_ru="Кофе", name_en="Coffee", emoji="☕", position=number
        )


async def write_many(number: int) -> None:
    await Category.bulk_create(
        [
            Category(key=f"{number}-{n}", name_ru="Чай", name_en="Tea", emoji="🫖", position=n)
            for n in range(5)
        ]
    )


async def cancel_somewhere(task: asyncio.Task[None], chance: random.Random) -> None:
    """After some turns of the loop, or after some microseconds, once or twice."""
    for _ in range(chance.randrange(12)):
        await asyncio.sleep(0)
    if chance.random() < 0.5:
        await asyncio.sleep(chance.random() * 0.004)
    for _ in range(chance.choice([1, 1, 2])):
        task.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(task, return_exceptions=True)


async def stress(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(ROUNDS // CLIENTS):
        tasks = []
        for client in range(CLIENTS):
            write = chance.choice([write_one, write_many])
            task = asyncio.create_task(write(seed * 10_000 + number * CLIENTS + client))
            tasks.append(cancel_somewhere(task, chance))
        await asyncio.gather(*tasks)


async def test_cancelled_transactions_leave_no_lock_and_no_connection(
    database_url: str, engine: str
) -> None:
    small_pool = f"{database_url}?minsize=1&maxsize=2" if engine == "postgres" else database_url
    await connect(small_pool)
    async with asyncio.timeout(120):
        await stress(seed=1)
        await asyncio.gather(*(write_one(900_000 + n) for n in range(20)))
        assert await Category.filter(key__startswith="key-900").count() == 20
        await disconnect()


async def test_what_a_cancelled_task_wrote_is_whole_or_absent(
    database_url: str, engine: str
) -> None:
    await connect(database_url)
    async with asyncio.timeout(120):
        await stress(seed=2)
        halves = await rows(
            "SELECT position FROM categories WHERE key LIKE '%-%' AND name_en = 'Tea'"
        )
        assert len(halves) % 5 == 0
        await disconnect()
