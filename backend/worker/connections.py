"""Accounts' own systems are told by one process at a time."""

import asyncio
from typing import cast

from backend.cards.plastic.ask_again import ask_again
from backend.connections.lanes import Lanes
from backend.partners.registry import ConnectedProcessors
from backend.platform.context import Context
from backend.platform.repeat import repeat

POLL_SECONDS = 0.5
PLASTIC_SECONDS = 5.0


async def keep_partners_told(ctx: Context) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    lanes = Lanes(ctx, cast("ConnectedProcessors", ctx.processors).connections)

    async def step() -> None:
        await lanes.step()
        await asyncio.sleep(POLL_SECONDS)

    async def plastic() -> None:
        await ask_again(ctx)
        await asyncio.sleep(PLASTIC_SECONDS)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(repeat("connections", step))
            group.create_task(repeat("plastic", plastic))
    finally:
        await lanes.stop()
