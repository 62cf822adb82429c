"""Brands, offers, stores and pictures of a pack, written inside the caller's transaction."""

from collections import Counter

from catalog.pack import shapes
from models.brand import Brand
from models.category import Category
from models.city import City
from models.media import Media
from models.offer import Offer, OfferCity, OfferStatus
from models.program import Program
from models.store import Store


async def load_brand(pack: shapes.Brand, program: Program, loaded: Counter[str]) -> None:
    category = await Category.get(key=pack.category)
    values = {
        "program_id": program.id,
        "category_id": category.id,
        "name_ru": pack.name.ru,
        "name_en": pack.name.en,
        "about_ru": pack.about.ru if pack.about else "",
        "about_en": pack.about.en if pack.about else "",
        "website": pack.website,
        "aliases": list(pack.aliases),
        "primary_color": pack.colours.primary,
        "secondary_color": pack.colours.secondary,
        "logo_id": await _keep_picture(pack.logo),
    }
    # of all: the operator's pack says which, by its key
    brand, _ = await Brand.update_or_create(key=pack.key, defaults=values)
    loaded["brands"] += 1
    for offer in pack.offers:
        await _load_offer(offer, brand)
        loaded["offers"] += 1
    # What the pack no longer has is taken off the shelf; cards keep pointing at it.
    gone = Offer.filter(brand_id=brand.id).exclude(key__in=[o.key for o in pack.offers] or [""])
    await gone.update(status=OfferStatus.ARCHIVED)
    await _load_stores(pack, brand, loaded)


async def _keep_picture(picture: shapes.Picture) -> str:
    if not await Media.exists(sha256=picture.sha256):
        await Media.create(
            sha256=picture.sha256,
            mime=picture.media_type,
            width=picture.width,
            height=picture.height,
            content=picture.read(),
        )
    return picture.sha256


async def _load_offer(pack: shapes.Offer, brand: Brand) -> None:
    values = {
        "brand_id": brand.id,
        "benefit_ru": pack.benefit.ru,
        "benefit_en": pack.benefit.en,
        "terms_ru": pack.terms.ru,
        "terms_en": pack.terms.en,
        "pictures": [await _keep_picture(picture) for picture in pack.pictures],
        "everywhere": pack.cities is None,
        "starts_at": pack.starts_at,
        "ends_at": pack.ends_at,
        "status": pack.status,
        "position": pack.position,
    }
    # of all: the operator's pack says which, by its key
    offer, _ = await Offer.update_or_create(key=pack.key, defaults=values)
    city_ids = {city.id for city in await City.filter(key__in=list(pack.cities or ()))}
    standing = {row.city_id for row in await OfferCity.filter(offer_id=offer.id)}
    await OfferCity.filter(offer_id=offer.id, city_id__in=list(standing - city_ids)).delete()
    for city_id in sorted(city_ids - standing):
        await OfferCity.create(offer_id=offer.id, city_id=city_id)


async def _load_stores(pack: shapes.Brand, brand: Brand, loaded: Counter[str]) -> None:
    cities = {c.key: c.id for c in await City.filter(key__in=[s.city for s in pack.stores] or [""])}
    for store in pack.stores:
        values = {
            "city_id": cities[store.city],
            "address": store.address,
            "lat": store.lat,
            "lon": store.lon,
            "hours": store.hours,
        }
        await Store.update_or_create(brand_id=brand.id, key=store.key, defaults=values)
        loaded["stores"] += 1
    keys = [store.key for store in pack.stores] or [""]
    await Store.filter(brand_id=brand.id).exclude(key__in=keys).delete()
