"""«Tell me when it is back»: somebody watches a product of a brand until they are told."""

from dataclasses import dataclass

from backend.customers.person.lock import lock_person
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from backend.triggers.stock import check_room
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.brand import Brand
from models.program import Program
from models.refusal import Code, Refusal
from models.trigger import Product, Watch

MOST_WATCHES = 50
_PRODUCT = """
INSERT INTO products (brand_id, key, title, in_stock) VALUES ($1, $2, $3, FALSE)
ON CONFLICT (brand_id, key) DO NOTHING
"""
_WATCH = """
INSERT INTO watches (product_id, customer_id, created_at) VALUES ($1, $2, $3)
ON CONFLICT (product_id, customer_id) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """`new`: they were not waiting for it. `in_stock`: it can be bought now, and nobody waits."""

    product: Product
    new: bool = False
    in_stock: bool = False


async def product_named(brand: Brand, key: str, title: str) -> Product:
    """Inside a transaction: one that nobody has heard of is taken for gone. Refuses with
    too_many_products."""
    await rows(_PRODUCT, [brand.id, key, title])
    await check_room(brand.id)
    return await Product.get(brand_id=brand.id, key=key)


async def product_known(product_id: int) -> Product:
    """Of any brand, with its brand. Refuses with product_not_found."""
    # of all: anybody may ask for what a brand sells
    found = await Product.filter(id=product_id).select_related("brand").first()
    if found is None:
        raise Refusal(Code.PRODUCT_NOT_FOUND)
    return found


async def watch_product(ctx: Context, customer_id: int, product: Product) -> Asked:
    """Again changes nothing. Refuses with too_many_watches and customer_not_found."""
    async with transaction():
        person = await lock_person(customer_id)
        if person is None or person.deleted_at is not None:
            raise Refusal(Code.CUSTOMER_NOT_FOUND)
        if product.in_stock:
            return Asked(product, in_stock=True)
        made = await rows(_WATCH, [product.id, customer_id, ctx.clock()])
        if made and await Watch.filter(customer_id=customer_id).count() > MOST_WATCHES:
            raise Refusal(Code.TOO_MANY_WATCHES, most=MOST_WATCHES)
        if made:
            await _note(ctx, Verb.WATCH_PRODUCT, customer_id, product.id)
    return Asked(product, new=bool(made))


async def end_watch(customer_id: int, product_id: int) -> bool:
    """Whether they were waiting for it."""
    async with transaction():
        return bool(await Watch.filter(customer_id=customer_id, product_id=product_id).delete())


async def remove_watch(ctx: Context, scope: Scope, watch_id: int) -> None:
    """An account's own system takes it back. Refuses with watch_not_found."""
    async with transaction():
        watch = await scope.watches().filter(id=watch_id).select_for_update().first()
        if watch is None:
            raise Refusal(Code.WATCH_NOT_FOUND)
        await watch.delete()
        await _note(ctx, Verb.END_WATCH, watch.customer_id, watch.product_id)


async def _note(ctx: Context, verb: Verb, customer_id: int, product_id: int) -> None:
    """Inside a transaction, in the trail of whose product it is."""
    # of all: the program of the product in hand
    program = await Program.get(brands__products__id=product_id)
    await note(ctx, verb, "customer", customer_id, account_id=program.account_id)


@dataclass(frozen=True, slots=True)
class Watched:
    product_id: int
    title: str
    brand: Brand


async def watched_by(customer_id: int) -> list[Watched]:
    """The newest first."""
    found = Watch.filter(customer_id=customer_id).order_by("-id")
    return [
        Watched(each.product_id, each.product.title, each.product.brand)
        for each in await found.select_related("product__brand")
    ]
