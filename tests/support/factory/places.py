"""Stores of brands, where a test wants them."""

from itertools import count

from models.brand import Brand
from models.city import City
from models.store import Store

_numbers = count(1)


async def a_store(brand: Brand, lat: float, lon: float, radius_m: int | None = None) -> Store:
    city, _ = await City.get_or_create(
        key="moscow",
        defaults={
            "name_ru": "Москва", "name_en": "Moscow", "lat": 55.7558, "lon": 37.6173,
            "population": 13_000_000, "timezone": "Europe/Moscow",
        },
    )  # fmt: skip
    number = next(_numbers)
    return await Store.create(
        brand=brand, city=city, key=f"store-{number}", address=f"Полевая ул., {number}",
        lat=lat, lon=lon, hours="", radius_m=radius_m,
    )  # fmt: skip
