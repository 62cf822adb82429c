"""Pushes go out in turns, a batch each, from one process at a time."""

import asyncio

from backend.campaigns.send_push import open_pushes, send_some
from backend.campaigns.waits import Waits
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings
from backend.platform.watch.log import get_log
from backend.worker.repeat import repeat
from models.push import Push

POLL_SECONDS = 2.0
# How long a push rests that cannot go on: settings are missing, or the code has a bug.
SETTINGS_SECONDS = 60.0
log = get_log(__name__)


class Turns:
    """The pushes of one process that holds the lock. One that cannot go on stops no other."""

    def __init__(self, ctx: Context, post: GatedChannels, waits: Waits | None = None) -> None:
        self._ctx = ctx
        self._post = post
        self._waits = waits or Waits()
        # Loop time until which a push rests.
        self._rests: dict[int, float] = {}

    async def step(self) -> bool:
        """One batch of every push; False when none went on."""
        now = asyncio.get_running_loop().time()
        found = [push for push in await open_pushes() if self._rests.get(push.id, 0.0) <= now]
        return any([await self._one(push) for push in found])

    async def _one(self, push: Push) -> bool:
        try:
            return await send_some(self._ctx, self._post, push, self._waits)
        except NeedsSettings as missing:
            log.warning("a push needs settings", push=push.id, reason=missing.reason)
        except Exception:
            log.exception("a push rests for a while", push=push.id)
        self._rests[push.id] = asyncio.get_running_loop().time() + SETTINGS_SECONDS
        return False


async def keep_pushing(ctx: Context, post: GatedChannels) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    turns = Turns(ctx, post)

    async def step() -> None:
        if not await turns.step():
            await asyncio.sleep(POLL_SECONDS)

    await repeat("pushes", step)
