"""Start a promo send of one brand."""

from dataclasses import dataclass
from typing import Any

from tortoise.exceptions import IntegrityError

from backend.campaigns.collect_campaign import count_people
from backend.campaigns.whose import account_of_brand
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from backend.platform.words import LANGUAGES
from backend.templates.words_of import said_in
from catalog.messaging_rules import messaging_rules_of_brand
from catalog.scope import brands_in_catalog
from models.audit_entry import Verb
from models.campaign import Campaign
from models.city import City

# Telegram takes 4096 characters; the label of the law needs some.
LONGEST_TEXT = 3500
LONGEST_ONCE = 64


class CampaignRefused(ValueError):
    """The text says what is wrong and what was expected."""


@dataclass(frozen=True, slots=True)
class CampaignOrder:
    """`brand` and `city` are keys. Advertiser and INN are the account's unless given. `once`:
    whoever orders again under the same key gets the campaign that there is."""

    brand: str
    text: str
    city: str = ""
    erid: str = ""
    advertiser: str = ""
    inn: str = ""
    once: str = ""


@dataclass(frozen=True, slots=True)
class CampaignPreview:
    """`recipients`: who allows it now; the gate asks again right before each send. `texts`: by
    language, as it will be read."""

    recipients: int
    texts: dict[str, str]


async def preview_campaign(ctx: Context, order: CampaignOrder) -> CampaignPreview:
    """What `start_campaign` would send and to how many. Writes nothing. Raises CampaignRefused."""
    campaign = await _ordered(ctx, order)
    texts = {language: said_in(campaign, 0, language).text() for language in LANGUAGES}
    return CampaignPreview(await count_people(campaign, ctx.clock()), texts)


async def start_campaign(ctx: Context, order: CampaignOrder) -> Campaign:
    """The worker collects the recipients and sends. Raises CampaignRefused, also when `once` was
    used for another text or other people."""
    campaign = await _ordered(ctx, order)
    await _must_not_be_approved(campaign)
    try:
        async with transaction():
            await campaign.save()
            whose = await account_of_brand(campaign.brand_id)
            await note(ctx, Verb.START_CAMPAIGN, "campaign", campaign.id, account_id=whose)
    except IntegrityError:
        return await _started_before(campaign)
    log_of(ctx, __name__).info("a campaign is started", campaign=campaign.id, brand=order.brand)
    return campaign


async def _ordered(ctx: Context, order: CampaignOrder) -> Campaign:
    """The campaign, checked and not saved."""
    text = order.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise CampaignRefused(f"the text has {len(text)} characters, expected 1 to {LONGEST_TEXT}")
    if len(order.once) > LONGEST_ONCE:
        raise CampaignRefused(
            f"the key of --once is too long, expected at most {LONGEST_ONCE} characters"
        )
    brand = (
        await brands_in_catalog().filter(key=order.brand).select_related("program__account").first()
    )
    if brand is None:
        raise CampaignRefused(f"no brand has the key {order.brand}")
    city = await City.get_or_none(key=order.city) if order.city else None
    if order.city and city is None:
        raise CampaignRefused(f"no city has the key {order.city}")
    account = brand.program.account
    return Campaign(
        brand_id=brand.id,
        plan=plan_of(text, city),
        advertiser=order.advertiser or account.legal_name_ru,
        inn=order.inn or account.inn,
        erid=order.erid,
        once=order.once or None,
        created_at=ctx.clock(),
        started_at=ctx.clock(),
    )


def plan_of(text: str, city: City | None) -> dict[str, Any]:
    """One text for everybody, or for a city."""
    wording = {"text": text.replace("{", "{{").replace("}", "}}")}
    variant = {"name": "A", "share": 100, "content": dict.fromkeys(LANGUAGES, wording)}
    live = None if city is None else {"all": [{"field": "city", "in": [city.key]}]}
    return {"variants": [variant], "audience": live, "cascade": [{"channel": "telegram"}]}


async def _must_not_be_approved(campaign: Campaign) -> None:
    """Who orders a campaign in one go has nobody beside them who looks at it."""
    if (await messaging_rules_of_brand(campaign.brand_id)).four_eyes:
        raise CampaignRefused(
            "this account wants its campaigns to be approved: expected a draft that somebody else "
            "approves (POST /api/v1/campaigns)"
        )


async def ordered_before(order: CampaignOrder) -> bool:
    """Whether the operator's own key of this order was used."""
    # of all: the operator's own key
    return bool(order.once) and await Campaign.exists(once=order.once)


async def _started_before(campaign: Campaign) -> Campaign:
    # of all: the operator's own key
    before = await Campaign.get(once=campaign.once)
    same = ("brand_id", "plan", "advertiser", "inn", "erid")
    if any(getattr(before, name) != getattr(campaign, name) for name in same):
        raise CampaignRefused(
            f"--once {campaign.once} was used for campaign {before.id}, which is another one; "
            "expected a key of its own for each campaign"
        )
    return before
