"""Pushes go out one after the other, from one process at a time."""

import asyncio

from backend.campaigns.send_push import next_push, send_push
from backend.messaging.post import Post
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings
from backend.platform.log import get_log
from backend.platform.settings import Settings
from backend.platform.sole import LostTurn, alone
from backend.worker.repeat import repeat

POLL_SECONDS = 2.0
SETTINGS_SECONDS = 60.0
log = get_log(__name__)


async def keep_pushing(ctx: Context, post: Post, settings: Settings) -> None:
    """Runs until cancelled; waits in standby while another process sends."""

    async def step() -> None:
        push = await next_push()
        if push is None:
            await asyncio.sleep(POLL_SECONDS)
            return
        try:
            await send_push(ctx, post, push)
        except NeedsSettings as missing:
            log.warning("a push needs settings", push=push.id, reason=missing.reason)
            await asyncio.sleep(SETTINGS_SECONDS)

    while True:
        try:
            async with alone("pushes", settings):
                await repeat("pushes", step)
        except LostTurn:
            log.warning("the turn to send pushes was lost: asking for it again")
