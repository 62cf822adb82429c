"""Campaigns go out in turns, a batch each, from one process at a time."""

import asyncio

from backend.campaigns.send_campaign import open_campaigns, send_some
from backend.campaigns.waits import Waits
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings
from backend.platform.watch.log import get_log
from backend.worker.repeat import repeat
from models.campaign import Campaign

# As older versions call it: one that still runs and this one send in turns too.
CAMPAIGNS_LOCK = "pushes"
POLL_SECONDS = 2.0
# How long a campaign rests that cannot go on: settings are missing, or the code has a bug.
SETTINGS_SECONDS = 60.0
log = get_log(__name__)


class Turns:
    """The campaigns of one process that holds the lock. One that cannot go on stops no other."""

    def __init__(self, ctx: Context, post: GatedChannels, waits: Waits | None = None) -> None:
        self._ctx = ctx
        self._post = post
        self._waits = waits or Waits()
        # Loop time until which a campaign rests.
        self._rests: dict[int, float] = {}

    async def step(self) -> bool:
        """One batch of every campaign; False when none went on."""
        now = asyncio.get_running_loop().time()
        found = [
            campaign
            for campaign in await open_campaigns()
            if self._rests.get(campaign.id, 0.0) <= now
        ]
        return any([await self._one(campaign) for campaign in found])

    async def _one(self, campaign: Campaign) -> bool:
        try:
            return await send_some(self._ctx, self._post, campaign, self._waits)
        except NeedsSettings as missing:
            log.warning("a campaign needs settings", campaign=campaign.id, reason=missing.reason)
        except Exception:
            log.exception("a campaign rests for a while", campaign=campaign.id)
        self._rests[campaign.id] = asyncio.get_running_loop().time() + SETTINGS_SECONDS
        return False


async def keep_sending(ctx: Context, post: GatedChannels) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    turns = Turns(ctx, post)

    async def step() -> None:
        if not await turns.step():
            await asyncio.sleep(POLL_SECONDS)

    await repeat("campaigns", step)
