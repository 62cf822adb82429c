"""What can be bought and what is gone, as an account's own system tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.events.partners import ProductReturned
from backend.outbox.announce import announce
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from backend.triggers.cause import Cause, named
from backend.triggers.open_triggers import triggers_of_brands
from backend.triggers.waits import put_waits
from models.audit_entry import Verb
from models.brand import Brand
from models.refusal import Code, Refusal
from models.trigger import Product, Trigger, TriggerEvent

PAGE = 500
# A brand's products that anybody has heard of here.
MOST_PRODUCTS = 20_000
_PUT = """
INSERT INTO products (brand_id, key, title, in_stock, told_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (brand_id, key) DO UPDATE SET title = excluded.title, in_stock = excluded.in_stock,
    told_at = excluded.told_at
WHERE products.told_at IS NULL OR products.told_at < excluded.told_at
RETURNING id
"""
# of all: whoever watches the product in hand
_WATCHERS = """
SELECT w.id, w.customer_id, w.created_at FROM watches w
JOIN customers c ON c.id = w.customer_id AND c.deleted_at IS NULL
WHERE w.product_id = $1 AND w.id > $2 ORDER BY w.id LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Stock:
    """Of a product by the brand's own key, as of `at`."""

    key: str
    title: str
    in_stock: bool
    at: datetime


async def tell_stock(ctx: Context, brand: Brand, told: Sequence[Stock]) -> int:
    """How many are news: what is older than what is known is none. Refuses with
    too_many_products. The brand is open with its program."""
    news = 0
    async with transaction():
        # One order for all, so that nobody waits in a ring.
        for each in sorted(told, key=lambda stock: (stock.key, stock.at)):
            given = [brand.id, each.key, each.title, each.in_stock, each.at]
            found = await rows(_PUT, given)
            news += len(found)
            if found and each.in_stock:
                whose = (found[0]["id"], brand.id, brand.program.account_id)
                await announce(ctx.clock(), ProductReturned(*whose))
        await check_room(brand.id)
        if news:
            account_id = brand.program.account_id
            await note(ctx, Verb.TELL_STOCK, "brand", brand.id, news, account_id=account_id)
    ctx.wake.set()
    return news


async def check_room(brand_id: int) -> None:
    """Inside the transaction that may have added some."""
    if await Product.filter(brand_id=brand_id).count() > MOST_PRODUCTS:
        raise Refusal(Code.TOO_MANY_PRODUCTS, most=MOST_PRODUCTS)


async def with_stock_triggers(events: Sequence[ProductReturned]) -> list[ProductReturned]:
    # of all: whether anybody waits for it
    waiting = Trigger.filter(
        brand_id__in=[event.brand_id for event in events],
        event=TriggerEvent.BACK_IN_STOCK,
        is_on=True,
    )
    brands = {trigger.brand_id for trigger in await waiting}
    return [event for event in events if event.brand_id in brands]


async def product_returned(ctx: Context, happened: Happened[ProductReturned]) -> None:
    """Everybody who asked, a page in a transaction. Killed in between it begins anew, and nobody is
    written down twice: a watch is one asking, which ends when it is answered."""
    event, last = happened.event, 0
    while True:
        async with transaction():
            product = await Product.filter(id=event.product_id).select_for_update().first()
            if product is None or not product.in_stock:
                return
            now = ctx.clock()
            found = await rows(_WATCHERS, [product.id, last, PAGE])
            causes = [_cause(product, row) for row in found]
            for trigger in await triggers_of_brands(
                [product.brand_id], TriggerEvent.BACK_IN_STOCK, now
            ):
                await put_waits(now, trigger, causes)
        ctx.wake.set()
        if len(found) < PAGE:
            return
        last = found[-1]["id"]


def _cause(product: Product, row: dict[str, int]) -> Cause:
    assert product.told_at is not None
    return Cause(
        row["customer_id"],
        named("stock", row["id"]),
        product.told_at,
        about=named("product", product.id),
        data={"product": product.title},
    )
