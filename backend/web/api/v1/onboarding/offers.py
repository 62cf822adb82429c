"""Offers: what the catalog shows of a brand."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from backend.access.rights import Right
from backend.brands.keys import brand_of
from backend.brands.offers.enter_offer import enter_offer
from backend.brands.offers.steer_offer import discard_change, steer_offer, submit_offer
from backend.brands.save_offer import save_offer
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import Query
from backend.web.api.v1.onboarding.offer_shown import (
    ENTRY,
    EXAMPLE,
    OfferMade,
    OfferShown,
    OffersQuery,
    offers_shown,
)
from backend.web.api.v1.shared import must_be_new
from catalog.entries.offer import OfferEntry
from catalog.entries.values.around import Around
from catalog.entries.values.key import is_key
from models.brand import Brand
from models.offer import Offer, OfferStatus
from models.refusal import Code, Refusal

DOOR = "api:v1/offers"
_FAILS = (
    Code.BRAND_NOT_FOUND,
    Code.PICTURE_NOT_FOUND,
    Code.PICTURE_UNFIT,
    Code.APPROVAL_REQUIRED,
)
NAMED = (Code.BRAND_NOT_FOUND, Code.OFFER_NOT_FOUND)


async def around(asked: Asked) -> Around:
    """Days are the account's."""
    brand = await _brand(asked)
    account = await asked.scope.own_accounts().get(id=brand.program.account_id)
    return Around(ZoneInfo(account.timezone))


async def _brand(asked: Asked) -> Brand:
    return await brand_of(asked.scope, asked.path["brand"])


def _named(asked: Asked, brand: Brand, key: str) -> Any:
    """What is no key names no offer."""
    whole = f"{brand.key}-{key}" if is_key(key) else ""
    return asked.scope.offers().filter(brand_id=brand.id, key=whole)


async def every(asked: Asked) -> Answer:
    brand = await _brand(asked)

    async def show(rows: Sequence[Offer]) -> list[Shown]:
        return await offers_shown(asked, rows)

    found = asked.scope.offers().filter(brand_id=brand.id)
    if (status := asked.asks(OffersQuery).status) is not None:
        found = found.filter(status=status)
    return await page(asked, found, show)


async def enter(asked: Asked) -> Answer:
    brand, made = await _brand(asked), asked.entered(OfferMade)
    must_be_new(await _saving(asked)(asked.ctx, asked.scope, brand.key, made.key, made))
    where = f"{PREFIX}/brands/{brand.key}/offers/{made.key}"
    return Answer(await shown(asked, made.key), where)


def _saving(asked: Asked) -> Callable[..., Awaitable[Any]]:
    """What people see is approved by the operator: others ask for it."""
    return save_offer if asked.scope.allows(Right.OPERATOR) else enter_offer


async def one(asked: Asked) -> Answer:
    return Answer(await shown(asked, asked.path["offer"]))


async def shown(asked: Asked, key: str) -> Mapping[str, Any]:
    row = await _named(asked, await _brand(asked), key).first()
    if row is None:
        raise Refusal(Code.OFFER_NOT_FOUND)
    return (await offers_shown(asked, [row]))[0]


async def stands(asked: Asked) -> Mapping[str, Any]:
    brand, key = await _brand(asked), asked.path["offer"]
    await _named(asked, brand, key).select_for_update()
    return await shown(asked, key)


async def replace(asked: Asked) -> Answer:
    brand, key, entry = await _brand(asked), asked.path["offer"], asked.entered(OfferEntry)
    await _saving(asked)(asked.ctx, asked.scope, brand.key, key, entry)
    return await one(asked)


def _steered(to: OfferStatus) -> Callable[[Asked], Awaitable[Answer]]:
    async def work(asked: Asked) -> Answer:
        await shown(asked, asked.path["offer"])
        await steer_offer(asked.ctx, asked.scope, asked.path["brand"], asked.path["offer"], to)
        return await one(asked)

    return work


async def submit(asked: Asked) -> Answer:
    await shown(asked, asked.path["offer"])
    await submit_offer(asked.ctx, asked.scope, asked.path["brand"], asked.path["offer"])
    return await one(asked)


async def discard(asked: Asked) -> Answer:
    await shown(asked, asked.path["offer"])
    await discard_change(asked.ctx, asked.scope, asked.path["brand"], asked.path["offer"])
    return Answer(None)


_PLACE = "/brands/{brand}/offers/{offer}"


def _state(
    verb: str, summary: str, does: Callable[[Asked], Awaitable[Answer]], told: str, fails: Code,
    about: str,
) -> Operation:  # fmt: skip
    return Operation(
        "POST", f"{_PLACE}/{verb}", DOOR, Right.BRANDS_WRITE, summary, does, OfferShown, Query,
        example={**EXAMPLE, "status": told}, etag=True, changes_catalog=True,
        refusals=(*NAMED, fails), about=about,
    )  # fmt: skip


OPERATIONS = (
    Operation(
        "GET", "/brands/{brand}/offers", DOOR, Right.BRANDS_READ, "List the offers of a brand",
        every, OfferShown, OffersQuery, example=EXAMPLE, paged=True,
        refusals=(Code.BRAND_NOT_FOUND,),
    ),
    Operation(
        "POST", "/brands/{brand}/offers", DOOR, Right.BRANDS_WRITE, "Enter an offer", enter,
        OfferShown, Query, body=OfferMade, body_example={"key": "welcome", **ENTRY},
        example=EXAMPLE, status=201, etag=True, around=around, changes_catalog=True,
        refusals=(Code.KEY_TAKEN, *_FAILS),
        about="What people see is approved: only an operator's key may say `published`, others "
        "say `draft`, or ask for it by `in_review`. Pictures are uploaded before: "
        "`POST /pictures?purpose=offer`.",
    ),
    Operation(
        "GET", _PLACE, DOOR, Right.BRANDS_READ, "Read an offer", one, OfferShown, Query,
        example=EXAMPLE, etag=True, refusals=NAMED,
        about="As it stands; `draft` is the change that waits beside what people see.",
    ),
    Operation(
        "PUT", _PLACE, DOOR, Right.BRANDS_WRITE, "Change an offer", replace, OfferShown, Query,
        body=OfferEntry, body_example=ENTRY, example=EXAMPLE, etag=True, around=around,
        stands=stands, changes_catalog=True,
        refusals=(*_FAILS, Code.OFFER_NOT_FOUND),
        about="People go on seeing a published offer as it was: the change (`draft` or "
        "`in_review`) waits beside it, as its `draft`, until it is approved. What says the same "
        "as people see takes the change back.",
    ),
    _state("submit", "Send in what waits", submit, "in_review", Code.NOTHING_WAITS,
           "A draft, or the change beside what people see: the operator is asked to approve it."),
    _state("pause", "Pause an offer", _steered(OfferStatus.PAUSED), "paused",
           Code.OFFER_UNPUBLISHED, "People do not see it from now on."),
    _state("resume", "Resume an offer", _steered(OfferStatus.PUBLISHED), "published",
           Code.OFFER_UNPUBLISHED, "As it was approved: nobody is asked again."),
    _state("archive", "End an offer", _steered(OfferStatus.ARCHIVED), "archived",
           Code.OFFER_UNPUBLISHED, "To be seen again it has to be approved again."),
    Operation(
        "DELETE", f"{_PLACE}/draft", DOOR, Right.BRANDS_WRITE, "Take a change back", discard, None,
        Query, status=204, refusals=NAMED,
        about="The change that waits beside what people see; without one nothing happens.",
    ),
)  # fmt: skip
