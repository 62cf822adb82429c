"""How many a campaign would go to now, and why the others are left out. Writes nothing."""

from dataclasses import replace

from backend.campaigns.audience import Audience
from backend.campaigns.audiences.count_segment import ROUNDED_TO, SegmentCount, count_segment
from backend.campaigns.collect_campaign import channels_of
from backend.campaigns.plan import ALL, Plan
from backend.platform.context import Context
from backend.segments.where import asks_sealed
from backend.sending.rules import hours_of
from catalog.messaging_rules import messaging_rules
from models.account import Account
from models.campaign import Campaign
from models.channel import ChannelName
from models.message_purpose import MessagePurpose


async def campaign_count(ctx: Context, campaign: Campaign) -> SegmentCount:
    """With those of the recipients who would be held out."""
    plan = Plan.read(campaign.plan)
    channels = [ChannelName(channel) for channel in plan.channels]
    promo = campaign.purpose is MessagePurpose.PROMO
    return await count_segment(ctx, campaign.brand_id, plan.audience, channels, promo=promo)


async def in_digest(ctx: Context, campaign: Campaign) -> int:
    """Of the recipients, who gets it with the day's other advertising."""
    plan = Plan.read(campaign.plan)
    channels = await channels_of(campaign, plan)
    audience = Audience(campaign, replace(plan, channels=channels), ctx.clock())
    found = await audience.in_digest()
    return found // ROUNDED_TO * ROUNDED_TO if asks_sealed(plan.audience) else found


async def put_off(ctx: Context, campaign: Campaign, account: Account) -> int:
    """Of the recipients, for whom it is night now: they get it in the morning."""
    hours = hours_of(await messaging_rules(account.id))
    if hours is None or not campaign.plan.get("quiet"):
        return 0
    plan, now = Plan.read(campaign.plan), ctx.clock()
    zones = await Audience(campaign, plan, now).zones()
    found = sum(n for zone, n in zones.items() if hours.holds(now, zone or account.timezone))
    return found // ROUNDED_TO * ROUNDED_TO if asks_sealed(plan.audience) else found


def held_out(campaign: Campaign, recipients: int) -> int:
    """About how many of so many."""
    return recipients * Plan.read(campaign.plan).holdout // ALL
