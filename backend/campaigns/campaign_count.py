"""How many a campaign would go to now, and why the others are left out. Writes nothing."""

from backend.campaigns.audiences.count_segment import SegmentCount, count_segment
from backend.campaigns.plan import ALL, Plan
from backend.platform.context import Context
from models.campaign import Campaign
from models.channel import ChannelName
from models.message_purpose import MessagePurpose


async def campaign_count(ctx: Context, campaign: Campaign) -> SegmentCount:
    """With those of the recipients who would be held out."""
    plan = Plan.read(campaign.plan)
    channels = [ChannelName(channel) for channel in plan.channels]
    promo = campaign.purpose is MessagePurpose.PROMO
    return await count_segment(ctx, campaign.brand_id, plan.audience, channels, promo=promo)


def held_out(campaign: Campaign, recipients: int) -> int:
    """About how many of so many."""
    return recipients * Plan.read(campaign.plan).holdout // ALL
