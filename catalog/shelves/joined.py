"""Brands in the order in which people could first have something of them (`Brand.joined_seq`)."""

from datetime import datetime

from tortoise.expressions import Subquery

from catalog.scope import brands_in_catalog, holding_offers, offers_in
from models.brand import Brand
from models.offer import Offer


async def newest_joined() -> int:
    """What says of somebody that they were told of every brand."""
    newest = (
        await brands_in_catalog().filter(joined_seq__isnull=False).order_by("-joined_seq").first()
    )
    return (newest.joined_seq or 0) if newest is not None else 0


async def brands_joined() -> list[Brand]:
    return await brands_in_catalog().filter(joined_seq__isnull=False).order_by("joined_seq")


async def brands_waiting(now: datetime) -> list[Brand]:
    """People can have something of them now, and never could before."""
    offering = Subquery(holding_offers(now).values("brand_id"))
    return await brands_in_catalog().filter(joined_seq__isnull=True, id__in=offering).order_by("id")


async def news_in(now: datetime, city_id: int | None, after: int, most: int) -> list[Offer]:
    """The first offer, with `brand` loaded, of each brand that joined `after` and has one in this
    city; the newest brand first. Without a city: anywhere."""
    here = offers_in(now, city_id)
    brands = brands_in_catalog().filter(
        joined_seq__gt=after, id__in=Subquery(here.values("brand_id"))
    )
    ids = [brand.id for brand in await brands.order_by("-joined_seq").limit(most)]
    found = offers_in(now, city_id).filter(brand_id__in=ids or [0])
    first: dict[int, Offer] = {}
    for offer in await found.order_by("position", "id").select_related("brand"):
        first.setdefault(offer.brand_id, offer)
    return [first[brand_id] for brand_id in ids if brand_id in first]
