"""Accounts' own systems are told by one process at a time."""

import asyncio
from typing import cast

from backend.connections.lanes import Lanes
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import Context
from backend.platform.repeat import repeat

POLL_SECONDS = 0.5


async def keep_partners_told(ctx: Context) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    lanes = Lanes(ctx, cast("ConnectedProcessors", ctx.processors).connections)

    async def step() -> None:
        await lanes.step()
        await asyncio.sleep(POLL_SECONDS)

    try:
        await repeat("connections", step)
    finally:
        await lanes.stop()
