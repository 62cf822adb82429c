"""A process that reads a number and writes the next one, again and again."""

import asyncio
import sys

from backend.platform.database import connect, disconnect, transaction
from models.category import Category


async def count(url: str, times: int) -> None:
    await connect(url)
    for _ in range(times):
        async with transaction():
            shelf = await Category.get(key="counter")
            shelf.position += 1
            await shelf.save()
    await disconnect()


if __name__ == "__main__":
    asyncio.run(count(sys.argv[1], int(sys.argv[2])))
