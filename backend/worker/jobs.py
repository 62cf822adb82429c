"""Work on many, piece by piece, in one process at a time.

What brands may enter takes some twenty megabytes, so it is read when there is a job.
"""

import asyncio
import importlib
from typing import Any

from backend.jobs.turn import next_job
from backend.platform.context import Context
from backend.platform.repeat import repeat

POLL_SECONDS = 0.5
PAUSE_SECONDS = 0.005


class Hands:
    """`piece` does one, and says whether there may be more."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._room: Any = None
        self._ahead: Any = None

    async def piece(self) -> bool:
        if self._room is None:
            if await next_job() is None:
                return False
            name = "backend.jobs.work_piece"
            self._room = await asyncio.to_thread(importlib.import_module, name)
            self._ahead = self._room.Ahead()
        more: bool = await self._room.work_piece(self._ctx, self._ahead)
        return more

    async def end(self) -> None:
        if self._ahead is not None:
            await self._ahead.end()


async def keep_working(ctx: Context) -> None:
    """Runs until cancelled."""
    hands = Hands(ctx)

    async def step() -> None:
        more = await hands.piece()
        # Between pieces the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else POLL_SECONDS)

    try:
        await repeat("jobs", step)
    finally:
        await hands.end()
