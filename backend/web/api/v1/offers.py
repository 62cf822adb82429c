"""Offers: what the catalog shows of a brand."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field

from backend.access.rights import Right
from backend.brands.keys import brand_of
from backend.brands.save_offer import save_offer
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import NewKey, both, instant, must_be_new, without_nothing
from catalog.entries.offer import OfferEntry
from catalog.entries.values.around import Around
from catalog.entries.values.key import is_key
from catalog.entries.values.scalars import Word
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
ENTRY: Mapping[str, Any] = {
    "benefit": {"ru": "Пряник в подарок", "en": "A gingerbread for you"},
    "terms": {"ru": "Один раз, с картой.", "en": "Once, with the card."},
    "pictures": [],
    "cities": ["kazan", "moscow"],
    "ends": "2027-01-31",
    "status": "in_review",
    "position": 100,
}
EXAMPLE: Mapping[str, Any] = {
    "key": "welcome",
    "brand": "lavka",
    **ENTRY,
    "ends": "2027-01-31T21:00:00Z",
}


class OfferShown(OfferEntry):
    """An offer as it was entered; times are moments."""

    key: str = Field(description="By which its brand knows it.", examples=["welcome"])
    brand: str = Field(description="The key of its brand.", examples=["lavka"])


class OfferMade(OfferEntry):
    """An offer, and the key by which its brand is to know it."""

    key: NewKey


class OffersQuery(ListQuery):
    """Which offers."""

    status: Annotated[OfferStatus | None, Word(OfferStatus)] = Field(
        default=None, description="Only those that are so.", examples=["published"]
    )


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


async def _shown(asked: Asked, brand: Brand, rows: Sequence[Offer]) -> list[Shown]:
    named: dict[int, list[str]] = {row.id: [] for row in rows}
    cities = asked.scope.offer_cities().filter(offer_id__in=list(named) or [0])
    for each in await cities.select_related("city"):
        named[each.offer_id].append(each.city.key)
    return [_offer(brand, row, sorted(named[row.id])) for row in rows]


def _offer(brand: Brand, row: Offer, cities: list[str]) -> dict[str, Any]:
    return without_nothing(
        {
            "key": row.key.removeprefix(f"{brand.key}-"),
            "brand": brand.key,
            "benefit": both(row, "benefit"),
            "terms": both(row, "terms"),
            "pictures": list(row.pictures),
            "cities": "everywhere" if row.everywhere else cities,
            "starts": instant(row.starts_at),
            "ends": instant(row.ends_at),
            "status": row.status.value,
            "position": row.position,
        }
    )


async def every(asked: Asked) -> Answer:
    brand = await _brand(asked)

    async def show(rows: Sequence[Offer]) -> list[Shown]:
        return await _shown(asked, brand, rows)

    found = asked.scope.offers().filter(brand_id=brand.id)
    if (status := asked.asks(OffersQuery).status) is not None:
        found = found.filter(status=status)
    return await page(asked, found, show)


def _check_approval(asked: Asked, entry: OfferEntry) -> None:
    """What people see is approved by the operator: others ask for it by `in_review`."""
    if entry.status is OfferStatus.PUBLISHED and not asked.scope.allows(Right.OPERATOR):
        raise Refusal(Code.APPROVAL_REQUIRED)


async def enter(asked: Asked) -> Answer:
    brand, made = await _brand(asked), asked.entered(OfferMade)
    _check_approval(asked, made)
    must_be_new(await save_offer(asked.ctx, asked.scope, brand.key, made.key, made))
    where = f"{PREFIX}/brands/{brand.key}/offers/{made.key}"
    return Answer(await _one(asked, brand, made.key), where)


async def one(asked: Asked) -> Answer:
    return Answer(await _one(asked, await _brand(asked), asked.path["offer"]))


async def _one(asked: Asked, brand: Brand, key: str) -> Mapping[str, Any]:
    row = await _named(asked, brand, key).first()
    if row is None:
        raise Refusal(Code.OFFER_NOT_FOUND)
    return (await _shown(asked, brand, [row]))[0]


async def stands(asked: Asked) -> Mapping[str, Any]:
    brand, key = await _brand(asked), asked.path["offer"]
    await _named(asked, brand, key).select_for_update()
    return await _one(asked, brand, key)


async def replace(asked: Asked) -> Answer:
    brand, entry = await _brand(asked), asked.entered(OfferEntry)
    _check_approval(asked, entry)
    await save_offer(asked.ctx, asked.scope, brand.key, asked.path["offer"], entry)
    return await one(asked)


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
        "ask for it by `in_review`. Pictures are uploaded before: `POST /pictures?purpose=offer`.",
    ),
    Operation(
        "GET", "/brands/{brand}/offers/{offer}", DOOR, Right.BRANDS_READ, "Read an offer", one,
        OfferShown, Query, example=EXAMPLE, etag=True,
        refusals=(Code.BRAND_NOT_FOUND, Code.OFFER_NOT_FOUND),
    ),
    Operation(
        "PUT", "/brands/{brand}/offers/{offer}", DOOR, Right.BRANDS_WRITE, "Change an offer",
        replace, OfferShown, Query, body=OfferEntry, body_example=ENTRY, example=EXAMPLE,
        etag=True, around=around, stands=stands, changes_catalog=True,
        refusals=(*_FAILS, Code.OFFER_NOT_FOUND),
        about="A published offer that is changed without the operator leaves the shelf until it "
        "is approved again.",
    ),
)  # fmt: skip
