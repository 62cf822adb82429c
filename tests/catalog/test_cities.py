"""A city from a typed name or from a location, out of the cities that ship with the product."""

import pytest

from catalog.reference.reference import load_reference
from catalog.shelves.cities import distance_km, find_cities, nearest_city
from models.city import City

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def russia(database: str) -> None:
    await City.bulk_create(
        City(
            key=city.key, name_ru=city.name_ru, name_en=city.name_en, lat=city.lat, lon=city.lon,
            population=city.population, timezone=city.timezone,
        )
        for city in load_reference().cities.values()
    )  # fmt: skip


TYPED = {
    "Москва": ("москва", "Moscow", "масква", "моксва", "МОСКВА!"),
    "Санкт-Петербург": ("санкт петербург", "Санкт-Питербург", "saint petersburg", "петербург"),
    "Нижний Новгород": ("нижний новгород", "нижний новгорд", "Nizhny Novgorod"),
    "Екатеринбург": ("екатеренбург", "екатеринбрг", "yekaterinburg"),
    "Ростов-на-Дону": ("ростов на дону", "Ростов-на-Дану", "rostov-on-don"),
    "Орёл": ("орел", "Орёл"),
}


@pytest.mark.usefixtures("russia")
async def test_a_typed_city_is_found_also_with_a_letter_or_two_wrong() -> None:
    missed = []
    for city, words in TYPED.items():
        for typed in words:
            found = [row.name_ru for row in await find_cities(typed)]
            if found[:1] != [city]:
                missed.append((typed, city, found))
    assert not missed


@pytest.mark.usefixtures("russia")
async def test_the_whole_name_comes_before_a_larger_city_that_begins_like_it() -> None:
    """There is a Rostov on a lake, and a larger one on the Don."""
    assert [city.name_ru for city in await find_cities("ростов", 2)] == ["Ростов", "Ростов-на-Дону"]


@pytest.mark.usefixtures("russia")
async def test_what_is_no_city_is_not_guessed() -> None:
    for typed in ("", "   ", "…", "🙂", "ъыъыъы", "12345", "qqqqqqqq"):
        assert await find_cities(typed) == [], typed


@pytest.mark.usefixtures("russia")
async def test_a_word_that_only_looks_a_little_like_a_city_is_none() -> None:
    """«Брынза» is no Bor, «уфимка» no Ufa; «масквва», with a letter wrong and one too many, is
    Moscow still."""
    for typed in ("брынза", "уфимка", "хазин"):
        assert await find_cities(typed) == [], typed
    assert [city.name_ru for city in await find_cities("масквва", 1)] == ["Москва"]


@pytest.mark.usefixtures("russia")
async def test_no_more_are_offered_than_asked_for() -> None:
    assert len(await find_cities("ново", limit=3)) == 3


PLACES = {
    "on Red Square": (55.7539, 37.6208, "Москва"),
    "on Nevsky prospect": (59.9343, 30.3351, "Санкт-Петербург"),
    "in Koltsovo airport": (56.7431, 60.8027, "Екатеринбург"),
    "on the pier of Vladivostok": (43.1113, 131.8813, "Владивосток"),
}


@pytest.mark.usefixtures("russia")
async def test_a_shared_location_gives_the_nearest_city() -> None:
    for place, (lat, lon, name) in PLACES.items():
        city = await nearest_city(lat, lon)
        assert city is not None
        assert city.name_ru == name, place


@pytest.mark.usefixtures("russia")
async def test_beyond_the_date_line_is_near_too() -> None:
    """Галя shares a location in Alaska: the nearest city is across the strait, not in Moscow."""
    city = await nearest_city(64.5, -165.4)
    assert city is not None
    assert city.lon > 140


async def test_without_any_city_there_is_no_nearest() -> None:
    assert await nearest_city(55.75, 37.62) is None
    assert await find_cities("москва") == []


def test_distances_are_along_the_globe() -> None:
    assert distance_km(55.7558, 37.6173, 59.9343, 30.3351) == pytest.approx(633, abs=3)
    assert distance_km(50, 179.9, 50, -179.9) == pytest.approx(14.3, abs=0.2)
    assert distance_km(50, 40, 50, 40) == 0
