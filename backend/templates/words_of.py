"""What a message said, whatever made it: for channels, the history of a card and the export."""

from collections.abc import Mapping
from dataclasses import replace

from backend.messaging.said import Said
from backend.messaging.wording import Worded
from backend.platform.context import Context
from backend.platform.secrets.master_key import CannotOpen
from backend.platform.secrets.vault import Sealed
from backend.templates.content import Content
from backend.templates.template_said import Law, TemplateSaid
from backend.templates.values_of import SEALED, name_in
from catalog.wordings.variables import NAME
from models.campaign import HELD_OUT, Campaign
from models.customer import PROFILE_PLACE, Customer
from models.message import CAMPAIGN, TRIGGER, Message
from models.message_purpose import MessagePurpose
from models.trigger import Trigger

_PROFILE = Sealed(PROFILE_PLACE)
NOTHING: Mapping[str, str] = {}


def words_of(ctx: Context, customer: Customer, message: Message, language: str) -> Said:
    """As it was said to them: with the values that it was sent with, and their name as it is now,
    which is written down nowhere. `campaign` and `trigger` of the message are open, where it has
    one."""
    campaign, trigger = message.campaign, message.trigger
    if message.kind == TRIGGER and trigger is not None:
        return named(ctx, customer, said_by(trigger, message, language))
    if message.kind != CAMPAIGN or campaign is None:
        return Worded(message, language)
    said = said_in(campaign, message.variant or 0, language, values_in(message))
    return named(ctx, customer, said)


def said_in(
    campaign: Campaign, variant: int, language: str, values: Mapping[str, str] = NOTHING
) -> TemplateSaid:
    """One of the wordings of a campaign; of those who are held out, what the first would have
    said."""
    wording = 0 if variant == HELD_OUT else variant
    content = Content.read(campaign.plan["variants"][wording]["content"])
    if campaign.purpose is not MessagePurpose.PROMO:
        return TemplateSaid(content, language, values=values)
    law = Law(campaign.advertiser, campaign.inn, campaign.erid)
    return TemplateSaid(content, language, values=values, law=law, stops=campaign.brand_id)


def said_by(trigger: Trigger, message: Message, language: str) -> TemplateSaid:
    """One of the wordings that a trigger has had, with what is kept of what it said."""
    wording = trigger.wordings[message.variant or 0]
    law = Law(wording["advertiser"], wording["inn"], wording["erid"])
    promo = message.purpose is MessagePurpose.PROMO
    return TemplateSaid(
        Content.read(wording["content"]), language, values=values_in(message),
        law=law if promo else None, stops=trigger.brand_id if promo else 0,
        card=message.card_id or 0,
    )  # fmt: skip


def values_in(message: Message) -> dict[str, str]:
    """What it was sent with."""
    return {name: text for name, text in message.data.items() if isinstance(text, str)}


def named(ctx: Context, customer: Customer, said: TemplateSaid) -> TemplateSaid:
    """With the person's name where the wording has it."""
    if not said.content.variables() & SEALED:
        return said
    try:
        name = name_in(_PROFILE.open(ctx, customer, customer.profile))
    except CannotOpen:
        return said
    return replace(said, values={**said.values, NAME: name})
