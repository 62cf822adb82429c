"""Campaigns and triggers go out from one process at a time."""

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.messages.brand_voice import BrandVoices
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.triggers.trigger_voice import TriggerVoices

# As older versions call it: one that still runs and this one send in turns too.
CAMPAIGNS_LOCK = "pushes"


async def keep_sending(ctx: Context, settings: Settings, post: GatedChannels) -> None:
    """Runs until cancelled, in the process whose turn it is."""
    triggers = TriggerVoices(ctx, settings.base_url, settings.promo_per_day)
    others = {"trigger": triggers.find, "partner": BrandVoices(ctx, settings.base_url).find}
    ways = CampaignsOnTheirWay(
        ctx, post.channels, others,
        base_url=settings.base_url, promo_per_day=settings.promo_per_day,
    )  # fmt: skip
    await ways.keep()
