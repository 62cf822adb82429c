"""Work on many, piece by piece, in one process at a time.

What brands may enter takes some twenty megabytes, so it is read when there is a job.
"""

import asyncio
import importlib

from backend.jobs.turn import next_job
from backend.platform.context import Context
from backend.worker.repeat import repeat

POLL_SECONDS = 0.5
PAUSE_SECONDS = 0.005


async def keep_working(ctx: Context) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        more = await work_once(ctx)
        # Between pieces the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else POLL_SECONDS)

    await repeat("jobs", step)


async def work_once(ctx: Context) -> bool:
    """One piece; whether there may be more."""
    if await next_job() is None:
        return False
    room = await asyncio.to_thread(importlib.import_module, "backend.jobs.work_piece")
    more: bool = await room.work_piece(ctx)
    return more
