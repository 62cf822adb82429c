"""Those whose turn has come by a trigger are told, from one process at a time."""

import asyncio
from functools import partial

from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.triggers.fire import BATCH, fire_due

POLL_SECONDS = 0.5
PAUSE_SECONDS = 0.05


async def keep_firing(ctx: Context) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    async with asyncio.TaskGroup() as group:
        for promo in (False, True):
            group.create_task(repeat("triggers", partial(_step, ctx, promo)))


async def _step(ctx: Context, promo: bool) -> None:
    more = await fire_due(ctx, promo=promo) == BATCH
    # Between batches the database belongs to others.
    await asyncio.sleep(PAUSE_SECONDS if more else POLL_SECONDS)
