"""Stores: where a brand's card is shown to a cashier."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from backend.access.rights import Right
from backend.brands.close_store import close_store
from backend.brands.keys import brand_of
from backend.brands.save_store import save_store
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.shared import must_be_new, without_nothing
from catalog.entries.store import StoreEntry
from models.brand import Brand
from models.refusal import Code, Refusal
from models.store import Store

DOOR = "api:v1/stores"
_FAILS = (Code.BRAND_NOT_FOUND, Code.STORE_NOT_FOUND)
ENTRY: Mapping[str, Any] = {
    "key": "kazan-1",
    "city": "kazan",
    "address": "Казань, ул. Баумана, д. 5",
    "lat": 55.7903,
    "lon": 49.1125,
    "hours": "Mo-Fr 08:00-21:00; Sa-Su 10:00-20:00",
}
EXAMPLE: Mapping[str, Any] = {**ENTRY, "brand": "lavka"}


class StoreShown(StoreEntry):
    """A store as it was entered."""

    brand: str = Field(description="The key of its brand.", examples=["lavka"])


def _store(brand: Brand, row: Store) -> dict[str, Any]:
    """The row comes with its city."""
    return without_nothing(
        {
            "key": row.key,
            "brand": brand.key,
            "city": row.city.key,
            "address": row.address,
            "lat": row.lat,
            "lon": row.lon,
            "hours": row.hours,
            "radius_m": row.radius_m,
        }
    )


async def every(asked: Asked) -> Answer:
    brand = await brand_of(asked.scope, asked.path["brand"])

    async def show(rows: Sequence[Store]) -> list[Shown]:
        return [_store(brand, row) for row in rows]

    found = asked.scope.stores().filter(brand_id=brand.id).select_related("city")
    return await page(asked, found, show)


async def enter(asked: Asked) -> Answer:
    entry, brand = asked.entered(StoreEntry), asked.path["brand"]
    must_be_new(await save_store(asked.ctx, asked.scope, brand, entry))
    where = f"{PREFIX}/brands/{brand}/stores/{entry.key}"
    return Answer(await _one(asked, entry.key), where)


async def one(asked: Asked) -> Answer:
    return Answer(await _one(asked, asked.path["store"]))


async def _one(asked: Asked, key: str) -> Mapping[str, Any]:
    brand = await brand_of(asked.scope, asked.path["brand"])
    found = asked.scope.stores().filter(brand_id=brand.id, key=key).select_related("city")
    row = await found.first()
    if row is None:
        raise Refusal(Code.STORE_NOT_FOUND)
    return _store(brand, row)


async def stands(asked: Asked) -> Mapping[str, Any]:
    brand, key = await brand_of(asked.scope, asked.path["brand"]), asked.path["store"]
    await asked.scope.stores().filter(brand_id=brand.id, key=key).select_for_update()
    return await _one(asked, key)


async def replace(asked: Asked) -> Answer:
    entry = asked.entered(StoreEntry)
    if entry.key != asked.path["store"]:
        wrong = Wrong("key is another one than the address says", "the same", pointer="/key")
        raise Problem(Trouble.INPUT_INVALID, errors=(wrong,))
    await save_store(asked.ctx, asked.scope, asked.path["brand"], entry)
    return await one(asked)


async def close(asked: Asked) -> Answer:
    await close_store(asked.ctx, asked.scope, asked.path["brand"], asked.path["store"])
    return Answer(None)


OPERATIONS = (
    Operation(
        "GET", "/brands/{brand}/stores", DOOR, Right.BRANDS_READ, "List the stores of a brand",
        every, StoreShown, ListQuery, example=EXAMPLE, paged=True,
        refusals=(Code.BRAND_NOT_FOUND,),
    ),
    Operation(
        "POST", "/brands/{brand}/stores", DOOR, Right.BRANDS_WRITE, "Enter a store", enter,
        StoreShown, Query, body=StoreEntry, body_example=ENTRY, example=EXAMPLE, status=201,
        etag=True, refusals=(Code.BRAND_NOT_FOUND, Code.KEY_TAKEN),
    ),
    Operation(
        "GET", "/brands/{brand}/stores/{store}", DOOR, Right.BRANDS_READ, "Read a store", one,
        StoreShown, Query, example=EXAMPLE, etag=True, refusals=_FAILS,
    ),
    Operation(
        "PUT", "/brands/{brand}/stores/{store}", DOOR, Right.BRANDS_WRITE, "Change a store",
        replace, StoreShown, Query, body=StoreEntry, body_example=ENTRY, example=EXAMPLE,
        etag=True, stands=stands, refusals=_FAILS,
    ),
    Operation(
        "DELETE", "/brands/{brand}/stores/{store}", DOOR, Right.BRANDS_WRITE, "Close a store",
        close, None, Query, status=204, stands=stands, refusals=_FAILS,
    ),
)  # fmt: skip
