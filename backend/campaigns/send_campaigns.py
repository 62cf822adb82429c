"""Campaigns on their way: whom they go to is written down, they are sent, and they end.

One process at a time does it (backend/worker/campaigns.py). What is asked of them meanwhile (pause,
cancel) is looked at often enough to be heard within a second, and once more right before each
message.
"""

import asyncio
from collections.abc import Mapping, Sequence

from backend.campaigns.campaign_voice import CampaignVoices
from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.whose import account_of_brand
from backend.cascades.may_go_on import may_go_on
from backend.messaging.channel import Channels
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.repeat import repeat
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from backend.restored.unsettled import unsettled
from backend.sending.counts import count_again
from backend.sending.sender import Sender
from backend.sending.voice import FindVoice
from models.audit_entry import Verb
from models.campaign import GOING, Campaign, CampaignState

LOOK_SECONDS = 0.4
# While nothing is.
IDLE_SECONDS = 1.0
# Where somebody waits for the end.
END_SECONDS = 0.05
# Of a campaign that is cancelled, at a time.
SWEEP = 2000
# of all: the campaign in hand
_WAITS = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE m.campaign_id = $1 AND (d.state = 'sending'
    OR (d.state = 'queued' AND (d.due_at IS NOT NULL OR d.digest_at IS NOT NULL))) LIMIT 1
"""
# of all: the campaign in hand
_SWEEP = """
UPDATE deliveries SET state = 'stopped', reason = 'cancelled', changed_at = $1 WHERE id IN (
    SELECT d.id FROM messages m JOIN deliveries d ON d.message_id = m.id AND d.state = 'queued'
    WHERE m.campaign_id = $2 ORDER BY m.id LIMIT $3)
RETURNING id
"""
# of all: the campaign in hand
_UP_TO = "UPDATE campaigns SET sent_up_to = $2 WHERE id = $1 AND sent_up_to < $2"


class CampaignsOnTheirWay:
    """Of the one process that sends. `others`: what else is sent beside them, by its kind.
    `base_url`: of our own pages. `promo_per_day`: of all brands to one person, 0: as much as there
    is."""

    def __init__(
        self,
        ctx: Context,
        channels: Channels,
        others: Mapping[str, FindVoice] | None = None,
        *,
        base_url: str = "",
        promo_per_day: int = 0,
    ) -> None:
        self._ctx = ctx
        self._ways = frozenset(channels)
        campaigns = CampaignVoices(ctx, base_url, promo_per_day)
        find: dict[str, FindVoice] = {"campaign": campaigns.find, **(others or {})}
        self.sender = Sender(ctx, channels, find)
        self._collecting: asyncio.Task[None] | None = None
        # Of which all recipients were written down at the last look.
        self._whole: set[int] = set()

    async def keep(self) -> None:
        """Runs until cancelled."""
        async with self.sender.running():
            try:
                await repeat("campaigns", self._step)
            finally:
                if self._collecting is not None:
                    self._collecting.cancel()
                    await asyncio.gather(self._collecting, return_exceptions=True)

    async def to_the_end(self, campaign: Campaign) -> None:
        """Until this one is over."""
        async with self.sender.running():
            while campaign.finished_at is None:
                await self.look()
                await asyncio.sleep(END_SECONDS)
                await campaign.refresh_from_db()

    async def _step(self) -> None:
        await asyncio.sleep(LOOK_SECONDS if await self.look() else IDLE_SECONDS)

    async def look(self) -> bool:
        """What has changed since the last look; whether anything is on its way."""
        due = await self.sender.look()
        self.sender.hushed = await unsettled() is not None
        found = await open_campaigns()
        going = [each for each in found if each.state in GOING and each.paused_at is None]
        await self.sender.open_campaigns(going)
        self._collect(going)
        for each in found:
            if each.state is CampaignState.CANCELLED:
                await self._sweep(each)
        for each in going:
            await self._so_far(each)
        return due or bool(found)

    def _collect(self, going: Sequence[Campaign]) -> None:
        """One campaign after the other, beside what is sent."""
        waiting = [each for each in going if each.state is CampaignState.COLLECTING]
        if waiting and (self._collecting is None or self._collecting.done()):
            self._collecting = asyncio.create_task(self._collect_some(waiting))

    async def _collect_some(self, waiting: Sequence[Campaign]) -> None:
        """A batch of each."""
        for each in waiting:
            try:
                await collect_campaign(each, self._ways)
            except Exception:
                log = log_of(self._ctx, __name__)
                log.exception("a campaign is not collected", campaign=each.id)
                await asyncio.sleep(1)

    async def _so_far(self, campaign: Campaign) -> None:
        up_to = self.sender.up_to(campaign.id)
        if up_to > campaign.sent_up_to:
            await rows(_UP_TO, [campaign.id, up_to])
        if campaign.state is not CampaignState.SENDING:
            return
        if campaign.id not in self._whole:
            self._whole.add(campaign.id)
            self.sender.look_again(campaign.id)
        elif self.sender.idle(campaign.id):
            await self.sender.outcomes.write()
            if not await rows(_WAITS, [campaign.id]) and not await may_go_on(campaign):
                await self._finish(campaign, CampaignState.DONE)

    async def _sweep(self, campaign: Campaign) -> None:
        """Some of what still waits; what is on its way comes to its own end."""
        stopped = await rows(_SWEEP, [self._ctx.clock(), campaign.id, SWEEP])
        if len(stopped) < SWEEP and not await rows(_WAITS, [campaign.id]):
            await self._finish(campaign, CampaignState.CANCELLED)

    async def _finish(self, campaign: Campaign, state: CampaignState) -> None:
        """One that was cancelled since the look is looked at again."""
        now = self._ctx.clock()
        async with transaction():
            # of all: the campaign in hand
            left = Campaign.filter(id=campaign.id, finished_at__isnull=True, state=campaign.state)
            if not await left.update(state=state, finished_at=now):
                return
            await count_again(campaign.id)
            await note(
                self._ctx, Verb.FINISH_CAMPAIGN, "campaign", campaign.id, campaign.recipients,
                account_id=await account_of_brand(campaign.brand_id),
            )  # fmt: skip
        log_of(self._ctx, __name__).info(
            "a campaign is over", campaign=campaign.id, recipients=campaign.recipients
        )


async def open_campaigns() -> list[Campaign]:
    """Those that people hear from or would, and those that are cancelled and not cleared away; the
    oldest first."""
    states = [*GOING, CampaignState.CANCELLED]
    # of all: brands take turns
    return await Campaign.filter(finished_at__isnull=True, state__in=states).order_by("id")


async def send_campaign(ctx: Context, channels: Channels, campaign: Campaign) -> None:
    """To the end, beside whatever else is open."""
    await CampaignsOnTheirWay(ctx, channels).to_the_end(campaign)
