"""`karman restored`, killed when numbers are set aside and nothing else is done."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from backend.cli.opened import opened
from backend.platform.settings import load_settings
from backend.restored import settle


async def die(*_anything: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main(url: str, folder: str) -> None:
    async with opened(load_settings(database_url=url, data_dir=Path(folder))) as ctx:
        await settle.settle_restored(ctx, 4, {})


if __name__ == "__main__":
    setattr(settle, "_end_what_is_short_lived", die)  # noqa: B010  not for mypy's eyes
    asyncio.run(main(*sys.argv[1:]))
