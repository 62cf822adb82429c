"""Campaigns begin when their time has come."""

import asyncio

from backend.campaigns.begin_due import BATCH, begin_due
from backend.platform.context import Context
from backend.platform.repeat import repeat

EVERY_SECONDS = 1.0


async def keep_beginning(ctx: Context) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        if await begin_due(ctx) < BATCH:
            await asyncio.sleep(EVERY_SECONDS)

    await repeat("begin", step)
