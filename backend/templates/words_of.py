"""What a message said, whatever made it: for channels, the history of a card and the export."""

from backend.messaging.said import Said
from backend.messaging.wording import Worded
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from models.campaign import HELD_OUT, Campaign
from models.message import CAMPAIGN, Message
from models.message_purpose import MessagePurpose


def words_of(message: Message, language: str) -> Said:
    """`campaign` of the message is open, where it has one."""
    campaign = message.campaign
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
