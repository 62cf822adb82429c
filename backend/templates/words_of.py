"""What a message said, whatever made it: for channels, the history of a card and the export."""

from backend.messaging.said import Said
from backend.messaging.wording import Worded
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from models.campaign import HELD_OUT, Campaign
from models.message import CAMPAIGN, TRIGGER, Message
from models.message_purpose import MessagePurpose
from models.trigger import Trigger


def words_of(message: Message, language: str) -> Said:
    """`campaign` and `trigger` of the message are open, where it has one."""
    campaign, trigger = message.campaign, message.trigger
    if message.kind == TRIGGER and trigger is not None:
        return said_by(trigger, message, language)
    if message.kind != CAMPAIGN or campaign is None:
        return Worded(message, language)
    return said_in(campaign, message.variant or 0, language)


def said_in(campaign: Campaign, variant: int, language: str) -> Said:
    """One of the wordings of a campaign; of those who are held out, what the first would have
    said."""
    wording = 0 if variant == HELD_OUT else variant
    content = Content.read(campaign.plan["variants"][wording]["content"])
    if campaign.purpose is not MessagePurpose.PROMO:
        return TemplateSaid(content, language)
    law = Law(campaign.advertiser, campaign.inn, campaign.erid)
    return TemplateSaid(content, language, law=law, stops=campaign.brand_id)


def said_by(trigger: Trigger, message: Message, language: str) -> Said:
    """One of the wordings that a trigger has had, with what is kept of what it said."""
    wording = trigger.wordings[message.variant or 0]
    values = {name: value for name, value in message.data.items() if isinstance(value, str)}
    law = Law(wording["advertiser"], wording["inn"], wording["erid"])
    promo = message.purpose is MessagePurpose.PROMO
    return TemplateSaid(
        Content.read(wording["content"]), language, values=values,
        law=law if promo else None, stops=trigger.brand_id if promo else 0,
        card=message.card_id or 0,
    )  # fmt: skip
