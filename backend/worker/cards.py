"""What is told about cards by the clock: they end soon, their brand has joined."""

import asyncio
from collections.abc import Awaitable, Callable

from backend.cards.issue.numbers_back import tell_numbers_back
from backend.cards.pocket.remind_expiry import remind_expiry
from backend.cards.pocket.tell_joined import BATCH, tell_joined
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.failures import Failure
from backend.platform.watch.log import get_log
from backend.worker.repeat import repeat

EVERY_SECONDS = 300.0
PAUSE_SECONDS = 0.05
Tell = Callable[[Context, GatedChannels], Awaitable[int]]
log = get_log(__name__)


async def keep_telling(ctx: Context, post: GatedChannels) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        more = await tell_of_cards(ctx, post)
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else EVERY_SECONDS)

    await repeat("cards", step)


async def tell_of_cards(ctx: Context, post: GatedChannels) -> bool:
    """One round; whether there is more to compare at once. What stops one of the three stops
    neither of the others."""
    for tell in (remind_expiry, tell_numbers_back):
        await _told(tell, ctx, post)
    return await _told(tell_joined, ctx, post) == BATCH


async def _told(tell: Tell, ctx: Context, post: GatedChannels) -> int:
    try:
        return await tell(ctx, post)
    except Failure as failure:
        log.info("cards wait to be told about", reason=str(failure))
        return 0
