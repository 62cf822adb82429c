"""How many a campaign would go to now, and why the others are left out. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.campaigns.plan import ALL, Plan
from backend.platform.context import Context
from backend.segments.audience import Audience, count_people
from backend.segments.where import asks_sealed
from backend.segments.whose import whose
from models.campaign import Campaign
from models.channel import ChannelName
from models.message_purpose import MessagePurpose

# What is made of sealed answers tells of nobody alone.
ROUNDED_TO = 10


@dataclass(frozen=True, slots=True)
class Counted:
    """`held_out` is about as many of the recipients as the plan says. `rounded`: down to tens,
    because it is asked for what people have answered."""

    meant: int
    recipients: int
    held_out: int
    left_out: Mapping[str, int]
    rounded: bool


async def campaign_audience(ctx: Context, campaign: Campaign) -> Counted:
    plan = Plan.read(campaign.plan)
    channels = tuple(ChannelName(channel) for channel in plan.channels)
    promo = campaign.purpose is MessagePurpose.PROMO
    audience = Audience(await whose(campaign.brand_id), plan.audience, channels, promo=promo)
    found = await count_people(audience, ctx.clock())
    rounded = asks_sealed(plan.audience)
    shown = {
        name: number // ROUNDED_TO * ROUNDED_TO if rounded else number
        for name, number in (
            ("meant", found.meant),
            ("recipients", found.recipients),
            ("no_consent", found.no_consent),
            ("not_reachable", found.not_reachable),
        )
    }
    left_out = {name: shown[name] for name in ("no_consent", "not_reachable") if shown[name]}
    held_out = shown["recipients"] * plan.holdout // ALL
    return Counted(shown["meant"], shown["recipients"] - held_out, held_out, left_out, rounded)
