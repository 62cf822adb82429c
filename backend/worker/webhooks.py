"""Messages to webhooks leave from one process at a time."""

import asyncio

from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.platform.settings import Settings
from backend.webhooks.request import open_ways
from backend.webhooks.sender import Sender

POLL_SECONDS = 0.5
PAUSE_SECONDS = 0.05


async def keep_telling(ctx: Context, settings: Settings) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    async with open_ways(settings.http_hosts) as ways:
        sender = Sender(ctx, ways)

        async def step() -> None:
            more = await sender.step()
            # Between batches the database belongs to others.
            await asyncio.sleep(PAUSE_SECONDS if more else POLL_SECONDS)

        try:
            await repeat("webhooks", step)
        finally:
            await sender.stop()
