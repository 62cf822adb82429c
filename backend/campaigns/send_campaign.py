"""Send what was collected: each message through the gate, a few at a time.

Campaigns take turns, a batch each. Who cannot be reached for the moment waits and holds up nobody,
of this campaign or another, and is given up after MOST_FAILURES (waits.py).
"""

import asyncio
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from typing import Any

from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.waits import Waits
from backend.campaigns.whose import account_of_brand
from backend.messaging.channel import Channels, ManyAtOnce
from backend.messaging.deliver import deliver_row, give_up
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.failures import NeedsSettings, TryLater
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from backend.restored.unsettled import unsettled
from models.audit_entry import Verb
from models.campaign import Campaign, CampaignState
from models.message import Delivery, DeliveryState

BATCH = 500
# Hand-overs at once; more where the channel's pace needs them.
AT_ONCE = 8
# While every message that is left must wait.
PAUSE_SECONDS = 1.0
# A stop as a whole takes less than three seconds.
GRACE_SECONDS = 1.5

_NEXT = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.state = 'queued' AND d.id > $2 AND m.campaign_id = $1 ORDER BY d.id LIMIT $3
"""
_INTERRUPTED = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.state = 'sending' AND m.campaign_id = $1
"""


async def open_campaigns() -> list[Campaign]:
    """Those that are not done, the oldest first; none while the database is known to have gone
    back in time: a «no» may be among what it lost."""
    if await unsettled() is not None:
        return []
    # of all: brands take turns
    return await Campaign.exclude(state=CampaignState.DONE).order_by("id")


async def send_campaign(
    ctx: Context, post: GatedChannels, campaign: Campaign, waits: Waits | None = None
) -> None:
    """To the end. Raises NeedsSettings."""
    waits = waits or Waits()
    while campaign.state is not CampaignState.DONE:
        if not await send_some(ctx, post, campaign, waits):
            await asyncio.sleep(PAUSE_SECONDS)


async def send_some(ctx: Context, post: GatedChannels, campaign: Campaign, waits: Waits) -> bool:
    """One batch of a campaign, also after a kill; False when nothing of it could go on. One process
    at a time may do it: whatever it finds in the middle of a send was interrupted and is in
    doubt. Raises NeedsSettings."""
    if campaign.state is CampaignState.COLLECTING:
        await collect_campaign(campaign)
        return True
    if campaign.id not in waits.interrupted:
        await _settle_interrupted(ctx, post, campaign)
        waits.interrupted.add(campaign.id)
    batch, left = await _due(campaign, waits)
    if batch:
        return await _Round(ctx, post, waits, iter(await _rows(batch))).run()
    if not left:
        await _finish(ctx, campaign)
    return not left


async def _due(campaign: Campaign, waits: Waits) -> tuple[list[int], bool]:
    """Who may be tried now, and whether anybody is left at all."""
    last, left = 0, False
    while found := [row["id"] for row in await rows(_NEXT, [campaign.id, last, BATCH])]:
        left, last = True, found[-1]
        due = [delivery for delivery in found if waits.due(delivery)]
        if due:
            return due, True
    return [], left


async def _rows(batch: list[int]) -> list[Delivery]:
    # of all: the current batch
    return await Delivery.filter(id__in=batch).order_by("id").select_related("message")


async def _finish(ctx: Context, campaign: Campaign) -> None:
    campaign.state, campaign.finished_at = CampaignState.DONE, ctx.clock()
    async with transaction():
        await campaign.save(update_fields=["state", "finished_at"])
        await note(
            ctx, Verb.FINISH_CAMPAIGN, "campaign", campaign.id, campaign.recipients,
            account_id=await account_of_brand(campaign.brand_id),
        )  # fmt: skip
    log_of(ctx, __name__).info(
        "a campaign is done", campaign=campaign.id, recipients=campaign.recipients
    )


async def _settle_interrupted(ctx: Context, post: GatedChannels, campaign: Campaign) -> None:
    for row in await rows(_INTERRUPTED, [campaign.id]):
        # of all: a row of the current batch
        delivery = await Delivery.get(id=row["id"]).select_related("message")
        await deliver_row(ctx, post, delivery.message, delivery)


def at_once(channels: Channels) -> int:
    paced = [channel.at_once() for channel in channels.values() if isinstance(channel, ManyAtOnce)]
    return max([AT_ONCE, *paced])


@dataclass(slots=True)
class _Round:
    """A batch on its way, so many at a time. It ends early when AT_ONCE in a row had to wait
    and nobody got anything: then the channel is away, and the next ones would only wait too."""

    ctx: Context
    post: GatedChannels
    waits: Waits
    waiting: Iterator[Delivery]
    outcomes: list[DeliveryState] = field(default_factory=list)
    fruitless: int = 0
    working: int = 0

    async def run(self) -> bool:
        """False when nothing of it went anywhere."""
        try:
            async with asyncio.TaskGroup() as group:
                self._fill(group)
        except ExceptionGroup as several:
            raise several.exceptions[0] from None
        return bool(self.outcomes)

    def _fill(self, group: asyncio.TaskGroup) -> None:
        """As many as the pace turns out to need."""
        for _ in range(self.working, at_once(self.post.channels)):
            self.working += 1
            group.create_task(self._work(group))

    async def _work(self, group: asyncio.TaskGroup) -> None:
        for delivery in self.waiting:
            await self._one(delivery)
            if self.fruitless >= AT_ONCE and not self.outcomes:
                return
            self._fill(group)

    async def _one(self, delivery: Delivery) -> None:
        log = log_of(self.ctx, __name__)
        send = deliver_row(self.ctx, self.post, delivery.message, delivery)
        try:
            self.outcomes.append(await _finished(send))
        except NeedsSettings:
            raise
        except TryLater as later:
            log.info("a promo message waits", reason=later.reason)
            self.fruitless += 1
            if later.after is not None:
                self.waits.asked_to_wait(delivery.id, later.after)
            else:
                await self._failed(delivery, later.reason)
        except Exception as bug:
            log.exception("a promo message failed", delivery=delivery.id)
            self.fruitless += 1
            # Where it broke off nobody knows: what is in the middle of a send is settled next.
            self.waits.interrupted.discard(delivery.message.campaign_id)
            await self._failed(delivery, f"bug: {type(bug).__name__}")
        else:
            self.waits.over(delivery.id)

    async def _failed(self, delivery: Delivery, reason: str) -> None:
        if self.waits.failed(delivery.id):
            self.outcomes.append(await give_up(self.ctx, delivery, reason))
            self.waits.over(delivery.id)


async def _finished(send: Coroutine[Any, Any, DeliveryState]) -> DeliveryState:
    """A stop lets what has left come to its end for a moment: cut off between request and
    answer it would be in doubt."""
    task = asyncio.ensure_future(send)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=GRACE_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        raise
