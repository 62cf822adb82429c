"""The catalog by pages, each in one statement: what holds here and now, and the cities to choose
from."""

from datetime import datetime
from typing import Any

from backend.platform.database import columns, loaded, part, rows
from backend.platform.paging import page_of
from catalog.shelves.browse import OfferPage
from catalog.shelves.cities import CityPage
from models.brand import Brand
from models.city import City
from models.offer import Offer

# of all: anybody may see what is published. The same offers as catalog.scope.offers_in.
_PAGE = """
WITH held AS (
    SELECT o.id, o.position FROM offers o WHERE o.status = 'published'
    AND (o.starts_at IS NULL OR o.starts_at <= $1) AND (o.ends_at IS NULL OR o.ends_at > $1)
    AND (CAST($4 AS BIGINT) IS NULL OR o.everywhere = TRUE
        OR o.id IN (SELECT c.offer_id FROM offer_cities c WHERE c.city_id = $4))
    AND (CAST($5 AS BIGINT) IS NULL
        OR o.brand_id IN (SELECT s.id FROM brands s WHERE s.category_id = $5))
)
SELECT {offer}, {brand}, (SELECT COUNT(*) FROM held) AS total
FROM (SELECT id, position FROM held ORDER BY position, id LIMIT $2 OFFSET $3) page
JOIN offers o ON o.id = page.id JOIN brands b ON b.id = o.brand_id
ORDER BY page.position, page.id
"""
# Cities are few: each is asked whether an offer names it, and one that does is enough.
# of all: anybody may see where offers are
_CITIES = """
SELECT t.*, COUNT(*) OVER () AS total FROM cities t
WHERE EXISTS (SELECT 1 FROM offer_cities c WHERE c.city_id = t.id)
ORDER BY t.population DESC, t.id LIMIT $1 OFFSET $2
"""


async def browse(
    now: datetime, city_id: int | None, category_id: int | None, page: int, size: int
) -> OfferPage:
    """One page; a page past the end is the last one."""
    found = await page_of(lambda at: _found(now, city_id, category_id, at, size), page, size)
    return OfferPage([_offer(row) for row in found.rows], found.page, found.pages, found.total)


async def cities_with_offers(page: int, size: int) -> CityPage:
    """The cities that offers name, the largest first; a page past the end is the last one."""
    found = await page_of(lambda at: rows(_CITIES, [size, at * size]), page, size)
    return CityPage([loaded(City, row) for row in found.rows], found.page, found.pages)


async def _found(
    now: datetime, city_id: int | None, category_id: int | None, page: int, size: int
) -> list[dict[str, Any]]:
    statement = _PAGE.format(offer=columns(Offer, "o"), brand=columns(Brand, "b"))
    return await rows(statement, [now, size, page * size, city_id, category_id])


def _offer(row: dict[str, Any]) -> Offer:
    offer, brand = part(Offer, "o", row), part(Brand, "b", row)
    assert offer is not None
    assert brand is not None
    offer.brand = brand
    return offer
