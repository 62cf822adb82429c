"""Campaigns: written, approved, begun, watched, paused, cancelled."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from backend.access.rights import Right
from backend.brands.keys import brand_of
from backend.brands.templates.around import around_words
from backend.brands.templates.look import looks, prices, samples
from backend.campaigns.campaign_count import campaign_count, held_out, in_digest, put_off
from backend.campaigns.campaign_named import campaign_named
from backend.campaigns.campaign_pace import campaign_pace
from backend.campaigns.draft_campaign import (
    Draft,
    change_campaign,
    copy_campaign,
    write_campaign,
)
from backend.campaigns.enter_campaign import CampaignUnfit, draft_of
from backend.sending.paid import MESSAGES, most_paid, stars
from backend.templates.content import Content
from backend.templates.template_said import Law
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.messages.campaign_examples import ENTRY, EXAMPLE, PREVIEW, PROGRESS
from backend.web.api.v1.messages.campaign_shown import (
    CampaignMade,
    CampaignPreviewShown,
    CampaignProgressShown,
    CampaignShown,
    CampaignsQuery,
    campaign_shown,
    progress_shown,
)
from backend.web.api.v1.messages.template_shown import form_shown
from backend.web.api.v1.shared import row_id
from catalog.entries.messages.campaign import CampaignEntry
from catalog.entries.mistakes import pointer
from catalog.entries.values.around import Around
from models.account import Account
from models.campaign import Campaign
from models.message_purpose import MessagePurpose
from models.refusal import Code, Refusal
from models.template import MessageTemplate

DOOR = "api:v1/campaigns"
_SAYS = (
    Code.TEMPLATE_NOT_FOUND,
    Code.SEGMENT_NOT_FOUND,
    Code.OFFER_NOT_FOUND,
    Code.PICTURE_NOT_FOUND,
    Code.PICTURE_UNFIT,
)
_FOUND = (Code.CAMPAIGN_NOT_FOUND,)
STATE = (*_FOUND, Code.CAMPAIGN_STATE)


def number(asked: Asked) -> int:
    return row_id(asked.path["campaign"])


async def _named(asked: Asked) -> Campaign:
    return await campaign_named(asked.scope, number(asked))


async def around_new(asked: Asked) -> Around:
    return await around_words(asked.scope, await asked.account())


async def around_written(asked: Asked) -> Around:
    return await around_words(asked.scope, (await _named(asked)).brand.program.account)


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Campaign]) -> list[Shown]:
        return [campaign_shown(row) for row in rows]

    query = asked.asks(CampaignsQuery)
    found = asked.scope.campaigns().select_related("brand")
    if query.brand is not None:
        found = found.filter(brand_id=(await brand_of(asked.scope, query.brand)).id)
    if query.state is not None:
        found = found.filter(state=query.state)
    if query.series is not None:
        found = found.filter(series_id=row_id(query.series))
    return await page(asked, found, show, newest_first=True)


async def write(asked: Asked) -> Answer:
    made, account = asked.entered(CampaignMade), await asked.account()
    brand = await brand_of(asked.scope, made.brand)
    if brand.program.account_id != account.id:
        raise Refusal(Code.BRAND_NOT_FOUND)
    draft = await _draft(asked, made, account)
    return await _made(asked, await write_campaign(asked.ctx, brand, draft))


async def _draft(asked: Asked, entry: CampaignEntry, account: Account) -> Draft:
    known = await around_words(asked.scope, account)
    try:
        return await draft_of(asked.scope, account.id, entry, known)
    except CampaignUnfit as unfit:
        raise Problem(Trouble.INPUT_INVALID, errors=tuple(_wrong(unfit))) from None


def _wrong(unfit: CampaignUnfit) -> Iterator[Wrong]:
    for each in unfit.found:
        yield Wrong(each.what, each.expected, pointer=pointer(each.way))


async def _made(asked: Asked, row: Campaign) -> Answer:
    shown = campaign_shown(await campaign_named(asked.scope, row.id))
    return Answer(shown, f"{PREFIX}/campaigns/{row.id}")


async def one(asked: Asked) -> Answer:
    return Answer(campaign_shown(await _named(asked)))


async def stands(asked: Asked) -> Mapping[str, Any]:
    await asked.scope.campaigns().filter(id=number(asked)).select_for_update()
    return campaign_shown(await _named(asked))


async def replace(asked: Asked) -> Answer:
    account = (await _named(asked)).brand.program.account
    draft = await _draft(asked, asked.entered(CampaignEntry), account)
    await change_campaign(asked.ctx, asked.scope, number(asked), draft)
    return await one(asked)


async def copy(asked: Asked) -> Answer:
    return await _made(asked, await copy_campaign(asked.ctx, asked.scope, number(asked)))


async def preview(asked: Asked) -> Answer:
    row = await _named(asked)
    counted = await campaign_count(asked.ctx, row)
    forms = [each async for each in _forms(asked, row)]
    names = ("meant", "left_out", "rounded", "sentence", "capped")
    told = {name: getattr(counted, name) for name in names if getattr(counted, name) is not None}
    kept_out = held_out(row, counted.recipients)
    both = {"recipients": counted.recipients - kept_out, "held_out": kept_out}
    digest = await in_digest(asked.ctx, row)
    paid = _paid(row, counted.recipients - kept_out)
    channels = [step["channel"] for step in row.plan["cascade"]]
    away = [each for each in channels if each not in asked.site.channels]
    quiet = await put_off(asked.ctx, row, row.brand.program.account)
    more = {"quiet": quiet, "digest": digest, "not_set_up": away, **paid}
    return Answer({**told, **both, **more, "forms": forms})


def _paid(row: Campaign, recipients: int) -> dict[str, Any]:
    if not most_paid(row):
        return {}
    return {"paid": {"stars": stars(recipients), "most_stars": most_paid(row) // MESSAGES}}


async def _forms(asked: Asked, row: Campaign) -> AsyncIterator[Shown]:
    """In the channels that it is sent by."""
    account = row.brand.program.account
    known = (await around_words(asked.scope, account)).variables
    cost = await prices(asked.scope, account.id)
    promo = row.purpose is MessagePurpose.PROMO
    law = Law(row.advertiser, row.inn, row.erid) if promo else None
    channels = {step["channel"] for step in row.plan["cascade"]}
    for each in row.plan["variants"]:
        said = MessageTemplate(content=each["content"])
        some = samples(Content.read(each["content"]), known)
        full = looks(said, law, some, cost, asked.site.base_url)
        for look, bare in zip(full, looks(said, law, {}, cost, asked.site.base_url), strict=True):
            if look.channel in channels:
                yield {**form_shown(look, bare), "variant": each["name"]}


async def progress(asked: Asked) -> Answer:
    return Answer(progress_shown(await campaign_pace(await _named(asked), asked.ctx.clock())))


PLACE = "/campaigns/{campaign}"


OPERATIONS = (
    Operation(
        "GET", "/campaigns", DOOR, Right.CAMPAIGNS, "List campaigns", every, CampaignShown,
        CampaignsQuery, example=EXAMPLE, paged=True, refusals=(Code.BRAND_NOT_FOUND,),
        about="The newest first; each turn of one that repeats is a campaign of its own.",
    ),
    Operation(
        "POST", "/campaigns", DOOR, Right.CAMPAIGNS, "Write a campaign", write, CampaignShown,
        Query, body=CampaignMade, body_example={"brand": "lavka", **ENTRY}, example=EXAMPLE,
        status=201, etag=True, around=around_new, refusals=(Code.BRAND_NOT_FOUND, *_SAYS),
        about="It is a draft: nobody hears of it. What a template says is taken over as it is now.",
    ),
    Operation(
        "GET", PLACE, DOOR, Right.CAMPAIGNS, "Read a campaign", one, CampaignShown, Query,
        example=EXAMPLE, etag=True, refusals=_FOUND,
    ),
    Operation(
        "PUT", PLACE, DOOR, Right.CAMPAIGNS, "Change a campaign", replace, CampaignShown, Query,
        body=CampaignEntry, body_example=ENTRY, example=EXAMPLE, etag=True,
        around=around_written, stands=stands, refusals=(*STATE, *_SAYS),
        about="While it is a draft. What was approved before has to be approved again.",
    ),
    Operation(
        "POST", f"{PLACE}/copy", DOOR, Right.CAMPAIGNS, "Copy a campaign", copy, CampaignShown,
        Query, example={**EXAMPLE, "id": 13}, status=201, etag=True, refusals=_FOUND,
        about="A draft that says the same to the same people.",
    ),
    Operation(
        "GET", f"{PLACE}/preview", DOOR, Right.CAMPAIGNS, "See what a campaign would send",
        preview, CampaignPreviewShown, Query, example=PREVIEW, refusals=_FOUND,
        about="What it says in every form, with made-up values and to somebody of whom nothing is "
        "known; and to how many it would go now, with the reasons of those left out.",
    ),
    Operation(
        "GET", f"{PLACE}/progress", DOOR, Right.CAMPAIGNS, "See how far a campaign is", progress,
        CampaignProgressShown, Query, example=PROGRESS, refusals=_FOUND,
        about="As it stands this second.",
    ),
)  # fmt: skip
