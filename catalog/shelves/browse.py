"""The catalog as people walk it: shelves, pages of offers, one offer, stores nearby."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.functions import Count

from catalog.scope import any_offers, holding_offers, offers_in, stores_of
from catalog.shelves.cities import distance_km
from catalog.shelves.search import BrandSearch
from models.category import Category
from models.offer import Offer, OfferStatus
from models.refusal import Code, Refusal
from models.store import Store


@dataclass(frozen=True, slots=True)
class Shelf:
    category: Category
    offers: int


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Offers come with `brand` loaded. `page` starts at 0."""

    offers: list[Offer]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class NearbyStore:
    store: Store
    km: float | None


async def shelves(now: datetime, city_id: int | None) -> list[Shelf]:
    """Categories that have something here and now, in the operator's order."""
    counted = (
        await offers_in(now, city_id)
        .annotate(offers=Count("id"))
        .group_by("brand__category_id")
        .values_list("brand__category_id", "offers")
    )
    counts = dict(counted)
    return [
        Shelf(category, counts[category.id])
        for category in await Category.all().order_by("position", "id")
        if category.id in counts
    ]


async def search(
    brands: BrandSearch, now: datetime, city_id: int | None, typed: str, limit: int = 10
) -> list[Offer]:
    """Offers of the brands that the words may mean, best brand first."""
    brand_ids = await brands.find(now, typed)
    if not brand_ids:
        return []
    query = offers_in(now, city_id).filter(brand_id__in=brand_ids)
    found = await query.order_by("position", "id").select_related("brand")
    rank = {brand_id: place for place, brand_id in enumerate(brand_ids)}
    return sorted(found, key=lambda offer: rank[offer.brand_id])[:limit]


async def open_offer(now: datetime, offer_id: int) -> Offer:
    """The offer with `brand`, its program, account and category.

    Refuses with offer_not_found, or offer_ended when it was there once.
    """
    related = ("brand__program__account", "brand__category")
    offer = await holding_offers(now).filter(id=offer_id).select_related(*related).first()
    if offer is not None:
        return offer
    gone = await any_offers().filter(id=offer_id).exclude(status=OfferStatus.DRAFT).first()
    if gone is None or (gone.starts_at and gone.starts_at > now):
        raise Refusal(Code.OFFER_NOT_FOUND)
    raise Refusal(Code.OFFER_ENDED)


async def offers_of_brand(now: datetime, brand_id: int) -> list[Offer]:
    return (
        await holding_offers(now)
        .filter(brand_id=brand_id)
        .order_by("position", "id")
        .select_related("brand")
    )


async def first_offer_of(now: datetime, program_id: int, wanted: int) -> Offer | None:
    """An offer of the program that holds now, with `brand` loaded: `wanted` if it does."""
    holding = holding_offers(now).filter(brand__program_id=program_id).select_related("brand")
    return await holding.filter(id=wanted).first() or await holding.order_by("id").first()


async def stores_near(
    brand_id: int, city_id: int | None, here: tuple[float, float] | None = None, limit: int = 10
) -> list[NearbyStore]:
    """Stores of a brand in a city; from a location (degrees) the nearest first."""
    query = stores_of(brand_id)
    if city_id is not None:
        query = query.filter(city_id=city_id)
    if here is None:
        stores = await query.order_by("address").limit(limit)
        return [NearbyStore(store, None) for store in stores]
    measured = [NearbyStore(s, distance_km(*here, s.lat, s.lon)) for s in await query]
    return sorted(measured, key=lambda near: near.km or 0.0)[:limit]
