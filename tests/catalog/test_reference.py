"""The reference lists hold together."""

import re
from zoneinfo import ZoneInfo

from catalog.reference.reference import load_reference

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_cities_lie_in_their_country_and_timezone() -> None:
    cities = load_reference().cities
    assert len(cities) > 400
    for key, city in cities.items():
        assert KEY.fullmatch(key)
        assert 41 < city.lat < 70
        assert 19 < city.lon < 180
        assert city.population > 0
        assert ZoneInfo(city.timezone).key == city.timezone
        assert city.name_ru
        assert city.name_en.isascii()


def test_the_largest_city_comes_first_and_names_are_not_repeated() -> None:
    cities = list(load_reference().cities.values())
    assert [city.key for city in cities[:3]] == ["moscow", "saint-petersburg", "novosibirsk"]
    assert len({city.name_ru for city in cities}) == len(cities)


def test_categories_come_in_order_with_words_and_an_emoji() -> None:
    categories = list(load_reference().categories.values())
    positions = [category.position for category in categories]
    assert positions == sorted(set(positions))
    for category in categories:
        assert KEY.fullmatch(category.key)
        assert category.ru
        assert category.en.isascii()
        assert category.emoji
