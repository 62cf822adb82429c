"""What is told about cards by the clock: they end soon, their brand has joined."""

import asyncio

from backend.cards.numbers_back import tell_numbers_back
from backend.cards.remind_expiry import remind_expiry
from backend.cards.tell_joined import BATCH, tell_joined
from backend.messaging.post import Post
from backend.platform.context import Context
from backend.platform.failures import Failure
from backend.platform.log import get_log
from backend.worker.repeat import repeat

EVERY_SECONDS = 300.0
PAUSE_SECONDS = 0.05
log = get_log(__name__)


async def keep_telling(ctx: Context, post: Post) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        more = await tell_of_cards(ctx, post)
        # Between batches the database belongs to others.
        await asyncio.sleep(PAUSE_SECONDS if more else EVERY_SECONDS)

    await repeat("cards", step)


async def tell_of_cards(ctx: Context, post: Post) -> bool:
    """One round; whether there is more to compare at once."""
    try:
        await remind_expiry(ctx, post)
        await tell_numbers_back(ctx, post)
        return await tell_joined(ctx, post) == BATCH
    except Failure as failure:
        log.info("cards wait to be told about", reason=str(failure))
        return False
