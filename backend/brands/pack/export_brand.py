"""A brand's folder of a pack: what it says, its logo, its stores, its offers."""

from collections.abc import AsyncIterator
from typing import Any

from backend.brands.offers.content import seen_of
from backend.brands.pack.spelled import csv_of, day_or_time, yaml_of
from catalog.scope import offers_of, stores_of
from models.brand import Brand
from models.media import Media
from models.offer import Offer

_STORES = ("key", "city", "address", "lat", "lon", "hours")
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
EVERYWHERE = "everywhere"


async def brand_files(brand: Brand, zone: str) -> AsyncIterator[tuple[str, bytes]]:
    """Inside a transaction; the row comes with its program and its category."""
    logo = await Media.get_or_none(sha256=brand.logo_id) if brand.logo_id else None
    name = "none" if logo is None else f"logo.{_ENDINGS[logo.mime]}"
    yield "brand.yaml", yaml_of(_entry(brand) | {"logo": name})
    if logo is not None:
        yield name, bytes(logo.content)
    stores = await stores_of(brand.id).order_by("key").select_related("city")
    if stores:
        # A column that no store needs is left out.
        near = any(store.radius_m for store in stores)
        rows = [
            (s.key, s.city.key, s.address, s.lat, s.lon, s.hours, *([s.radius_m or ""] * near))
            for s in stores
        ]
        yield "stores.csv", csv_of(_STORES + ("radius_m",) * near, rows)
    for offer in await offers_of(brand.id).order_by("key"):
        key = offer.key.removeprefix(f"{brand.key}-")
        pictures = [await Media.get(sha256=each) for each in offer.pictures]
        names = [f"{key}-{at}.{_ENDINGS[p.mime]}" for at, p in enumerate(pictures, 1)]
        yield f"offers/{key}.yaml", yaml_of(await _offer(offer, names, zone))
        for picture, name in zip(pictures, names, strict=True):
            yield f"offers/{name}", bytes(picture.content)


def _entry(row: Brand) -> dict[str, Any]:
    about = {"ru": row.about_ru, "en": row.about_en}
    return {
        "name": {"ru": row.name_ru, "en": row.name_en},
        "about": about if row.about_ru else None,
        "aliases": list(row.aliases),
        "category": row.category.key,
        "program": row.program.key,
        "colours": {"primary": row.primary_color, "secondary": row.secondary_color},
        "website": row.website,
    }


async def _offer(row: Offer, pictures: list[str], zone: str) -> dict[str, Any]:
    seen = await seen_of(row)
    told = {
        "benefit": seen["benefit"],
        "terms": seen["terms"],
        "cities": EVERYWHERE if row.everywhere else seen["cities"],
        "starts": day_or_time(row.starts_at, zone),
        "ends": day_or_time(row.ends_at, zone, last_day=True),
        "status": row.status.value,
        "position": row.position,
    }
    return told | ({"pictures": pictures} if pictures else {"pictures": ()})
