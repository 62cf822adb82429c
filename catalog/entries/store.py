"""A store: where a brand's card is shown to a cashier."""

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Annotated, Any

from pydantic import Field, GetJsonSchemaHandler, ValidationInfo, field_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from catalog.entries.values.cities import unknown_city
from catalog.entries.values.degrees import Degrees
from catalog.entries.values.entry import Entry
from catalog.entries.values.key import STORE_KEY
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text
from catalog.entries.values.wrong import kind_of, shown, told, wrong
from catalog.reference.reference import City, load_reference
from catalog.shelves.hours import EXPECTED, LONGEST, are_hours

_FARTHEST_KM = 60
_KM_PER_DEGREE = 111.2
_ADDRESS = Text(300, too_long="the address is too long")
_HOURS = Text(LONGEST, holds=are_hours, form=EXPECTED, unlike="hours are {}")


@dataclass(frozen=True, slots=True)
class CityKey:
    """The key of a city that the product knows."""

    def read(self, given: Any) -> str:
        if not isinstance(given, str):
            raise wrong(f"is {kind_of(given)}", "text")
        expected = unknown_city(given)
        if expected:
            raise told(f"city {shown(given)} is unknown", expected)
        return given

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1, "maxLength": 64}


class StoreEntry(Entry):
    """One store of a brand."""

    key: Annotated[str, STORE_KEY] = Field(
        description="By which it is known in its brand.", examples=["kazan-1"]
    )
    city: Annotated[str, CityKey()] = Field(description="The key of its city.", examples=["kazan"])
    address: Annotated[str, _ADDRESS] = Field(
        description="As people find it.", examples=["Казань, ул. Баумана, д. 5"]
    )
    lat: Annotated[float, Degrees(90)] = Field(
        description="Degrees north; the store lies in or near its city.", examples=[55.7903]
    )
    lon: Annotated[float, Degrees(180)] = Field(description="Degrees east.", examples=[49.1125])
    hours: Annotated[str, _HOURS] = Field(
        default="",
        description="As on OpenStreetMap: days, a space, from-to; rules apart by `; `.",
        examples=["Mo-Fr 08:00-21:00; Sa-Su 10:00-20:00"],
    )
    radius_m: Annotated[int | None, Whole(50, 5000)] = Field(
        default=None,
        description="How near it somebody is near, in metres; as its trigger says without it.",
        examples=[300],
    )

    @field_validator("lon")
    @classmethod
    def _near_its_city(cls, lon: float, info: ValidationInfo) -> float:
        city, lat = load_reference().cities.get(info.data.get("city", "")), info.data.get("lat")
        if city is not None and lat is not None:
            _check_place(city, lat, lon)
        return lon


def _check_place(city: City, lat: float, lon: float) -> None:
    away = _kilometres(city, lat, lon)
    if away > _FARTHEST_KM:
        swapped = _kilometres(city, lon, lat) <= _FARTHEST_KM
        expected = "lat and lon the other way round" if swapped else f"a place in {city.name_en}"
        raise told(f"lies {away:.0f} km from {city.name_en}", expected)


def _kilometres(city: City, lat: float, lon: float) -> float:
    """Flat-earth distance: right to a percent within a city, and far is far."""
    return _KM_PER_DEGREE * hypot(lat - city.lat, (lon - city.lon) * cos(radians(city.lat)))
