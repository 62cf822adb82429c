"""What an account's own system tells: events of people, what can be bought, who waits for it."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from backend.access.rights import Right
from backend.brands.keys import brand_of
from backend.triggers.named_people import find_named
from backend.triggers.stock import Stock, tell_stock
from backend.triggers.tell_events import ToldEvent, tell_events
from backend.triggers.watch import product_named, remove_watch, watch_product
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import Query
from backend.web.api.v1.shared import instant, row_id, without_nothing
from backend.web.api.v1.triggers.event_entries import (
    EVENT,
    STOCK,
    WATCH,
    EventsTaken,
    EventsTold,
    StockTaken,
    StockTold,
    WatchesQuery,
    WatchMade,
    WatchShown,
    when,
)
from catalog.entries.values.around import Around
from models.refusal import Code, Refusal
from models.trigger import Watch

DOOR = "api:v1/events"


async def around(asked: Asked) -> Around:
    """Days are the account's."""
    return Around(ZoneInfo((await asked.account()).timezone))


async def tell(asked: Asked) -> Answer:
    told, now = asked.entered(EventsTold), asked.ctx.clock()
    brand = await brand_of(asked.scope, told.brand)
    people = [each.named() for each in told.events]
    found = await find_named(asked.ctx, asked.scope, brand, people)
    known = [
        ToldEvent(each.name, found[place], when(each.at, now), each.id, each.values)
        for place, each in enumerate(told.events)
        if place in found
    ]
    turns = await tell_events(asked.ctx, brand, known)
    unknown = [place for place in range(len(people)) if place not in found]
    return Answer({"taken": len(known), "unknown": unknown, "turns": turns})


async def stock(asked: Asked) -> Answer:
    told, now = asked.entered(StockTold), asked.ctx.clock()
    brand = await brand_of(asked.scope, told.brand)
    items = [
        Stock(each.product, each.title, each.in_stock, when(each.at, now)) for each in told.items
    ]
    return Answer({"news": await tell_stock(asked.ctx, brand, items)})


async def watch(asked: Asked) -> Answer:
    made = asked.entered(WatchMade)
    brand = await brand_of(asked.scope, made.brand)
    found = await find_named(asked.ctx, asked.scope, brand, [made.named()])
    if 0 not in found:
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    product = await product_named(brand, made.product, made.title)
    wanted = await watch_product(asked.ctx, found[0].customer_id, product)
    shown = {"brand": brand.key, "product": product.key, "title": product.title}
    if wanted.in_stock:
        return Answer({**shown, "customer": found[0].customer_id, "in_stock": True})
    row = asked.scope.watches().filter(product_id=product.id, customer_id=found[0].customer_id)
    (one,) = await row.select_related("product__brand")
    return Answer(_shown(one))


def _shown(row: Watch) -> dict[str, Any]:
    """The row comes with its product and its brand."""
    told = {
        "id": row.id,
        "brand": row.product.brand.key,
        "product": row.product.key,
        "title": row.product.title,
        "customer": row.customer_id,
        "created_at": instant(row.created_at),
    }
    return without_nothing(told) | {"in_stock": row.product.in_stock}


async def watches(asked: Asked) -> Answer:
    async def show(rows: Sequence[Watch]) -> list[Shown]:
        return [_shown(row) for row in rows]

    found = asked.scope.watches()
    if (brand := asked.asks(WatchesQuery).brand) is not None:
        found = found.filter(product__brand_id=(await brand_of(asked.scope, brand)).id)
    return await page(asked, found.select_related("product__brand"), show)


async def unwatch(asked: Asked) -> Answer:
    await remove_watch(asked.ctx, asked.scope, row_id(asked.path["watch"]))
    return Answer(None)


OPERATIONS = (
    Operation(
        "POST", "/events", DOOR, Right.EVENTS, "Tell what has happened", tell, EventsTaken, Query,
        body=EventsTold, body_example={"brand": "lavka", "events": [EVENT]}, around=around,
        example={"taken": 1, "unknown": [], "turns": 1}, refusals=(Code.BRAND_NOT_FOUND,),
        about="To people of one brand, at most 100 events. Triggers that wait for it tell them; "
        "what nobody waits for is forgotten. `order_status` is the status of an order.",
    ),
    Operation(
        "POST", "/stock", DOOR, Right.EVENTS, "Tell what can be bought", stock, StockTaken, Query,
        body=StockTold, body_example={"brand": "lavka", "items": [STOCK]}, around=around,
        example={"news": 1}, refusals=(Code.BRAND_NOT_FOUND, Code.TOO_MANY_PRODUCTS),
        about="Whoever waits for a product that is back is told by the brand's trigger. What is "
        "told to be gone is shown in the brand's offers, to be waited for.",
    ),
    Operation(
        "GET", "/watches", DOOR, Right.EVENTS, "List who waits for what", watches, WatchShown,
        WatchesQuery, example=WATCH, paged=True, refusals=(Code.BRAND_NOT_FOUND,),
    ),
    Operation(
        "POST", "/watches", DOOR, Right.EVENTS, "Let somebody wait for a product", watch,
        WatchShown, Query, body=WatchMade, example=WATCH,
        body_example={
            "brand": "lavka", "product": "boots-38", "title": "Ботинки, 38", "card": "20000042"
        },
        refusals=(
            Code.BRAND_NOT_FOUND, Code.CUSTOMER_NOT_FOUND, Code.TOO_MANY_PRODUCTS,
            Code.TOO_MANY_WATCHES,
        ),
        about="As they have asked on your pages. Again changes nothing; they see it in the bot, "
        "and may end it there.",
    ),
    Operation(
        "DELETE", "/watches/{watch}", DOOR, Right.EVENTS, "Let somebody wait no more", unwatch,
        None, Query, status=204, refusals=(Code.WATCH_NOT_FOUND,),
    ),
)  # fmt: skip
