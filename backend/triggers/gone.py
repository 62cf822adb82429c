"""What a brand sells and is out of, and who of those that ask waits for it."""

from dataclasses import dataclass

from backend.platform.database import rows

PAGE = 8
# What a brand has told to be gone, while it tells whoever waits when it is back.
_GONE = """
SELECT p.id, p.title, EXISTS (SELECT 1 FROM watches w
    WHERE w.product_id = p.id AND w.customer_id = $2) AS watched
FROM products p WHERE p.brand_id = $1 AND NOT p.in_stock AND p.told_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM triggers t WHERE t.brand_id = p.brand_id
        AND t.event = 'back_in_stock' AND t.is_on)
ORDER BY p.title, p.id LIMIT $3 OFFSET $4
"""
# of all: a link names what any brand sells
_NAMED = """
SELECT p.id FROM products p JOIN brands b ON b.id = p.brand_id WHERE b.key = $1 AND p.key = $2
"""
_WATCHED = "SELECT 1 AS yes FROM watches WHERE product_id = $1 AND customer_id = $2"


@dataclass(frozen=True, slots=True)
class Gone:
    product_id: int
    title: str
    watched: bool


@dataclass(frozen=True, slots=True)
class GonePage:
    products: list[Gone]
    page: int
    more: bool


async def gone_products(brand_id: int, customer_id: int, page: int = 0) -> GonePage:
    given = [brand_id, customer_id, PAGE + 1, max(page, 0) * PAGE]
    found = [
        Gone(row["id"], row["title"], bool(row["watched"])) for row in await rows(_GONE, given)
    ]
    return GonePage(found[:PAGE], max(page, 0), len(found) > PAGE)


async def product_by_keys(brand_key: str, key: str) -> int:
    """0 for what nobody has heard of."""
    found = await rows(_NAMED, [brand_key, key])
    return int(found[0]["id"]) if found else 0


async def watches(customer_id: int, product_id: int) -> bool:
    return bool(await rows(_WATCHED, [product_id, customer_id]))
