"""Find a city: from a list, by typing, by a location."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from catalog.shelves.alike import most_alike, slips
from catalog.words import fold
from models.city import City

EARTH_KM = 6371.0
# Below this similarity (0-100) a typed city is not a guess any more but another word.
CLOSE_ENOUGH = 74
# Of a name this long one letter may be wrong.
LONG_NAME = 6


@dataclass(frozen=True, slots=True)
class CityPage:
    """`page` starts at 0."""

    cities: list[City]
    page: int
    pages: int


async def find_cities(typed: str, limit: int = 5) -> list[City]:
    """The cities that a typed name may mean, best first; a letter or two may be wrong."""
    wanted = fold(typed)
    if not wanted:
        return []
    columns = ("id", "population", "name_ru", "name_en")
    cities = {row[0]: row[1:] for row in await City.all().values_list(*columns)}
    names = {
        (city_id, form): fold(form) for city_id, (_, *forms) in cities.items() for form in forms
    }
    found = most_alike(wanted, names, limit * 2, CLOSE_ENOUGH)
    ranked: dict[int, tuple[bool, float, int]] = {}
    for name, score, (city_id, _) in found:
        rank = (name.startswith(wanted), score, cities[city_id][0])
        ranked[city_id] = max(rank, ranked.get(city_id, rank))
    best = sorted(ranked, key=lambda city_id: ranked[city_id], reverse=True)[:limit]
    by_id = await City.in_bulk(best)
    return [by_id[city_id] for city_id in best]


async def named_city(typed: str) -> City | None:
    """The city whose name was typed, in either language; of a long name one letter may be
    wrong. None for any other word."""
    wanted = fold(typed)
    if not wanted:
        return None
    rows = await City.all().order_by("-population").values_list("id", "name_ru", "name_en")
    most = 1 if len(wanted) >= LONG_NAME else 0
    best: tuple[int, int] | None = None
    for city_id, *forms in rows:
        for form in forms:
            off = slips(wanted, fold(form), most)
            if off <= most and (best is None or off < best[0]):
                best = (off, city_id)
    return await City.get(id=best[1]) if best is not None else None


async def city_by_id(city_id: int | None) -> City | None:
    return await City.get_or_none(id=city_id) if city_id is not None else None


async def nearest_city(lat: float, lon: float) -> City | None:
    places = await City.all().values_list("id", "lat", "lon")
    if not places:
        return None
    nearest = min(places, key=lambda place: distance_km(lat, lon, place[1], place[2]))
    return await City.get(id=nearest[0])


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine), degrees in, kilometres out. Some distance also for
    coordinates that are not on the globe."""
    north, east = radians(lat2 - lat), radians(lon2 - lon)
    half = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(lat2)) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(max(half, 0.0), 1.0)))
