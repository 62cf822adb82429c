"""Send what was collected: each message through the gate, a few at a time.

Campaigns take turns, a batch each. Who cannot be reached for the moment waits and holds up nobody,
of this campaign or another, and is given up after MOST_FAILURES (waits.py).
"""

import asyncio
from functools import partial

from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.round import Round
from backend.campaigns.waits import Waits
from backend.campaigns.whose import account_of_brand
from backend.messaging.deliver import Words, deliver_row
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from backend.restored.unsettled import unsettled
from backend.templates.words_of import said_in
from models.audit_entry import Verb
from models.campaign import GOING, Campaign, CampaignState
from models.message import CAMPAIGN, Delivery

BATCH = 500
# While every message that is left must wait.
PAUSE_SECONDS = 1.0

_NEXT = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.state = 'queued' AND d.id > $2 AND m.campaign_id = $1 ORDER BY d.id LIMIT $3
"""
_INTERRUPTED = """
SELECT d.id FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE d.state = 'sending' AND m.campaign_id = $1
"""


async def open_campaigns() -> list[Campaign]:
    """Those that people hear from, the oldest first; none while the database is known to have gone
    back in time: a «no» may be among what it lost."""
    if await unsettled() is not None:
        return []
    # of all: brands take turns
    return await Campaign.filter(state__in=GOING, paused_at__isnull=True).order_by("id")


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

        def broke_off(_delivery: Delivery) -> None:
            waits.interrupted.discard(campaign.id)

        words = partial(_words, campaign)
        waiting = iter(await _rows(batch))
        return bool(await Round(ctx, post, waits, waiting, broke_off, words).run())
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


def _words(campaign: Campaign, delivery: Delivery) -> Words | None:
    """None for what an older version has written down, whose words stand in its row."""
    message = delivery.message
    if message.kind != CAMPAIGN:
        return None
    return partial(said_in, campaign, message.variant or 0)


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
