"""Folders that accounts share with their 1С, in one process at a time.

What is written there is read by the room of the jobs, which takes its memory: only where there is a
connection of the kind.
"""

import asyncio
import importlib
from functools import partial

from backend.onec.has_folders import has_folders
from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.platform.settings import Settings

POLL_SECONDS = 10.0
PAUSE_SECONDS = 0.2
# Under the data folder.
FOLDER = "exchange"


async def keep_exchanging(ctx: Context, settings: Settings) -> None:
    """Runs until cancelled."""
    await repeat("exchange", partial(_step, ctx, settings))


async def _step(ctx: Context, settings: Settings) -> None:
    more = False
    if await has_folders():
        room = await asyncio.to_thread(importlib.import_module, "backend.onec.exchange_all")
        more = await room.exchange_all(ctx, settings.data_dir / FOLDER)
    await asyncio.sleep(PAUSE_SECONDS if more else POLL_SECONDS)
