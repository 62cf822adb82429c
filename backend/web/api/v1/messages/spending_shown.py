"""How spending and reports are told."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

SPENDING_EXAMPLE: Mapping[str, Any] = {
    "since": "2026-10-01",
    "until": "2026-11-30",
    "channels": [
        {
            "channel": "telegram", "delivered": 303_000, "again": 0, "failed": 1_204,
            "stopped": 87, "in_doubt": 2, "arrived": 0, "lost": 0, "cost": "0.00",
        }
    ],
    "messages": 303_000,
    "cost": "0.00",
    "service": "50000.00",
    "sms_would_cost": "454500.00",
    "saved_on_messages": "404500.00",
    "cards": 14_000,
    "plastic_would_cost": "140000.00",
    "saved": "544500.00",
    "currency": "RUB",
    "stars": "0.0",
}  # fmt: skip
_GROUP: Mapping[str, Any] = {
    "recipients": 6_000, "reached": 5_912, "clicked": 480, "clicks": 655, "buyers": 90,
    "purchases": 97, "amount": "84310.50", "bought_percent": "1.50",
}  # fmt: skip
CAMPAIGN_EXAMPLE: Mapping[str, Any] = {
    "campaign": 41,
    "since": "2026-11-27T12:30:00Z",
    "until": "2026-12-04T12:30:00Z",
    "recipients": 6_000,
    "held_out": 600,
    "reached": 5_912,
    "channels": [
        {
            "channel": "telegram", "delivered": 5_912, "failed": 61, "stopped": 27,
            "in_doubt": 0, "waiting": 0, "arrived": 0, "lost": 0, "cost": "0.00",
        }
    ],
    "failed": [{"reason": "the customer blocked the bot", "n": 61}],
    "stopped": [{"reason": "no consent", "n": 27}],
    "variants": [{"name": "A", **_GROUP}],
    "held": {
        **_GROUP, "recipients": 600, "reached": 0, "clicked": 0, "clicks": 0, "buyers": 3,
        "purchases": 3, "amount": "2410.00", "bought_percent": "0.50",
    },
    "bought_percent": "1.50",
    "uplift_percent": "1.00",
    "cost": "0.00",
    "sms_would_cost": "8868.00",
    "saved": "8868.00",
    "currency": "RUB",
}  # fmt: skip
_MONEY = "A decimal text."


class SpentShown(BaseModel):
    """Of one channel."""

    channel: str = Field(description="telegram, email, sms or wallet.")
    delivered: int = Field(description="Deliveries that the channel took.")
    again: int = Field(description="Of these, to people who had it by another channel before.")
    failed: int = Field(description="Nobody could be reached there.")
    stopped: int = Field(description="No consent, or it was cancelled.")
    in_doubt: int = Field(description="It left, and nobody knows whether it arrived.")
    arrived: int = Field(description="Of those delivered, as was reported later.")
    lost: int = Field(description="Of those delivered: reported as not delivered, or came back.")
    cost: str = Field(description=_MONEY)


class SpendingShown(BaseModel):
    """What messages and cards cost, beside SMS and plastic."""

    since: str = Field(description="The first day.")
    until: str = Field(description="The last day, included.")
    channels: list[SpentShown] = Field(description="By channel.")
    messages: int = Field(description="Told, each once, by whichever channels.")
    cost: str = Field(description="What was paid for them.")
    service: str = Field(description="What the service cost, as it was asked with.")
    sms_would_cost: str = Field(description="The same messages as SMS, a part each.")
    saved_on_messages: str = Field(description="That, without cost and service.")
    cards: int = Field(description="Made here, without those that people had as plastic.")
    plastic_would_cost: str = Field(description="The same cards as plastic.")
    saved: str = Field(description="On messages and cards.")
    currency: str = Field(description="Of all amounts.")
    stars: str = Field(
        description="Telegram Stars that campaigns begun in these days have paid, at most."
    )


class ChannelShown(BaseModel):
    """Deliveries by one channel, and how they stand."""

    channel: str = Field(description="telegram, email, sms or wallet.")
    delivered: int = Field(description="The channel took them.")
    failed: int = Field(description="Nobody could be reached there.")
    stopped: int = Field(description="No consent, caps, cancelled, or it had arrived before.")
    in_doubt: int = Field(description="Nobody knows whether they arrived.")
    waiting: int = Field(description="Not sent yet.")
    arrived: int = Field(description="Of those delivered, as was reported later.")
    lost: int = Field(description="Of those delivered: reported as not delivered, or came back.")
    cost: str = Field(description=_MONEY)


class ReasonShown(BaseModel):
    """Why, and how many."""

    reason: str = Field(description="In words.")
    n: int = Field(description="Deliveries.")


class GroupShown(BaseModel):
    """People who were told the same; of those held out, without a name."""

    name: str | None = Field(default=None, description="Of the variant.")
    recipients: int = Field(description="People.")
    reached: int = Field(description="Some channel took it, and none said that it was lost.")
    clicked: int = Field(description="People who followed a link.")
    clicks: int = Field(description="How often they did.")
    buyers: int = Field(description="People who bought something in these days.")
    purchases: int = Field(description="How many receipts and orders.")
    amount: str = Field(description="What they paid, without what was given back.")
    bought_percent: str = Field(description="Buyers among the recipients.")


class PaidReport(BaseModel):
    """Of a campaign that pays for a quicker way in Telegram."""

    most_stars: int = Field(description="What was approved.")
    messages: int = Field(description="How many left so.")
    stars: str = Field(description="What they cost, at most: Telegram may take less.")
    stopped: str | None = Field(default=None, description="Why the others left unpaid.")


class CampaignReportShown(BaseModel):
    """What became of a campaign, and what people did after it."""

    campaign: int = Field(description="The id of the campaign.")
    since: str = Field(description="When it was started.")
    until: str = Field(description="Up to when purchases count.")
    recipients: int = Field(description="People, without those held out.")
    held_out: int = Field(description="People to whom nothing was told, to see the difference.")
    reached: int = Field(description="Of the recipients.")
    channels: list[ChannelShown] = Field(description="Deliveries by channel.")
    failed: list[ReasonShown] = Field(description="Why deliveries failed, the most first.")
    stopped: list[ReasonShown] = Field(description="Why deliveries were stopped.")
    variants: list[GroupShown] = Field(description="By wording.")
    held: GroupShown | None = Field(default=None, description="Those who were held out.")
    bought_percent: str = Field(description="Buyers among the recipients.")
    uplift_percent: str | None = Field(
        default=None, description="That, less the same of those held out: what the campaign did."
    )
    cost: str = Field(description="What was paid for it.")
    sms_would_cost: str = Field(description="An SMS to everybody whom it reached, a part each.")
    saved: str = Field(description="The difference.")
    currency: str = Field(description="Of all amounts.")
    paid: PaidReport | None = Field(default=None, description="Of one that pays.")
