"""The cities and categories that the product knows."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class City:
    """`lat` and `lon` are of the centre, in degrees; `timezone` is an IANA name."""

    key: str
    name_ru: str
    name_en: str
    lat: float
    lon: float
    population: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of the catalog; shelves are shown by `position`, smallest first."""

    key: str
    ru: str
    en: str
    emoji: str
    position: int


@dataclass(frozen=True, slots=True)
class Reference:
    """Both lists by key: cities by falling population, categories by position."""

    cities: Mapping[str, City]
    categories: Mapping[str, Category]


@cache
def load_reference() -> Reference:
    return Reference(_cities(), _categories())


def _cities() -> dict[str, City]:
    with (_HERE / "cities.csv").open(encoding="utf-8", newline="") as source:
        found = [
            City(
                key=row["key"],
                name_ru=row["name_ru"],
                name_en=row["name_en"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                population=int(row["population"]),
                timezone=row["timezone"],
            )
            for row in csv.DictReader(source)
        ]
    return {city.key: city for city in sorted(found, key=lambda city: -city.population)}


def _categories() -> dict[str, Category]:
    listed = yaml.safe_load((_HERE / "categories.yaml").read_text(encoding="utf-8"))
    found = [Category(**each) for each in listed]
    return {each.key: each for each in sorted(found, key=lambda each: each.position)}
