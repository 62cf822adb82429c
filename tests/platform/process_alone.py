"""Takes the turn named in the arguments, says so, and keeps it until it is killed."""

import asyncio
import sys

from backend.platform.settings import Settings
from backend.platform.sole import alone


async def main(url: str) -> None:
    async with alone("story", Settings(database_url=url)):
        sys.stdout.write("mine\n")
        sys.stdout.flush()
        await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
