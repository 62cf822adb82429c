"""One offer and what stands around it, by statements that read no more than is shown."""

from datetime import datetime

from backend.platform.database import columns, loaded, part, rows
from catalog.shelves.browse import open_offer
from models.account import Account
from models.brand import Brand
from models.category import Category
from models.city import City
from models.offer import Offer
from models.program import Program

# of all: anybody may see what is published
_OFFER = """
SELECT {offer}, {brand}, {category}, {program}, {account} FROM offers o
JOIN brands b ON b.id = o.brand_id JOIN categories g ON g.id = b.category_id
JOIN programs p ON p.id = b.program_id JOIN accounts a ON a.id = p.account_id
WHERE o.id = $1 AND o.status = 'published'
    AND (o.starts_at IS NULL OR o.starts_at <= $2) AND (o.ends_at IS NULL OR o.ends_at > $2)
"""
_CITIES = """
SELECT t.* FROM offer_cities c JOIN cities t ON t.id = c.city_id
WHERE c.offer_id = $1 ORDER BY t.population DESC, t.id
"""
_OTHERS = "SELECT * FROM brands WHERE program_id = $1 AND id <> $2 ORDER BY id"


async def read_offer(now: datetime, offer_id: int) -> Offer:
    """The offer with `brand`, its program, account and category. Refuses as
    catalog.shelves.browse.open_offer does."""
    statement = _OFFER.format(
        offer=columns(Offer, "o"),
        brand=columns(Brand, "b"),
        category=columns(Category, "g"),
        program=columns(Program, "p"),
        account=columns(Account, "a"),
    )
    found = await rows(statement, [offer_id, now])
    if not found:
        return await open_offer(now, offer_id)
    (row,) = found
    offer, brand = part(Offer, "o", row), part(Brand, "b", row)
    category, program = part(Category, "g", row), part(Program, "p", row)
    account = part(Account, "a", row)
    assert offer is not None
    assert brand is not None
    assert category is not None
    assert program is not None
    assert account is not None
    program.account, brand.category, brand.program, offer.brand = account, category, program, brand
    return offer


async def cities_of(offer: Offer) -> list[City]:
    """Where the offer holds, the largest city first; empty when it holds everywhere."""
    return [loaded(City, row) for row in await rows(_CITIES, [offer.id])]


async def other_brands(offer: Offer) -> list[Brand]:
    """Those that share the cards of its program."""
    return [
        loaded(Brand, row) for row in await rows(_OTHERS, [offer.brand.program_id, offer.brand_id])
    ]
