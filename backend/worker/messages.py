"""What partners have asked to be told goes out from one process at a time."""

import asyncio
from functools import partial

from backend.messages.cut_bulk import cut_some
from backend.messages.send_messages import Lane
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings
from backend.platform.repeat import repeat
from backend.platform.watch.log import get_log

POLL_SECONDS = 0.5
PAUSE_SECONDS = 0.05
# How long a lane rests for which settings are missing.
SETTINGS_SECONDS = 60.0
log = get_log(__name__)


async def keep_messages(ctx: Context, post: GatedChannels) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    async with asyncio.TaskGroup() as group:
        group.create_task(repeat("bulks", partial(_cut, ctx)))
        for promo in (False, True):
            lane = Lane(ctx, post, promo)
            group.create_task(repeat("messages", partial(_send, lane)))


async def _cut(ctx: Context) -> None:
    more = await cut_some(ctx)
    # Between batches the database belongs to others.
    await asyncio.sleep(PAUSE_SECONDS if more else POLL_SECONDS)


async def _send(lane: Lane) -> None:
    try:
        if not await lane.step():
            await asyncio.sleep(POLL_SECONDS)
    except NeedsSettings as missing:
        log.warning("messages of partners need settings", reason=missing.reason)
        await asyncio.sleep(SETTINGS_SECONDS)
