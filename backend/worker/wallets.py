"""Cards in phones whose program is shown otherwise than before are looked at anew."""

import asyncio

from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.wallets.behind import settle_programs

EVERY_SECONDS = 5.0
PAUSE_SECONDS = 0.02


async def keep_passes_settled(ctx: Context) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        more = await settle_programs(ctx)
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else EVERY_SECONDS)

    await repeat("passes", step)
