"""sendLocation, sendVenue, sendContact."""

from typing import Any

from bot.sandbox.bodies import Params
from bot.sandbox.box import Box
from bot.sandbox.content.text import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.people import find_phone
from bot.sandbox.sending import address

_FOR_EVER = 0x7FFFFFFF


def _point(params: Params) -> Json:
    latitude, longitude = params.required_number("latitude"), params.required_number("longitude")
    return check_point(latitude, longitude)


def check_point(latitude: float, longitude: float) -> Json:
    """A Location's coordinates in degrees."""
    if not -90 <= latitude <= 90 or not -180 <= longitude <= 180:
        raise bad_request("wrong latitude or longitude specified")
    return {"latitude": latitude, "longitude": longitude}


def _between(params: Params, name: str, low: int, high: int) -> Json:
    value = params.integer(name)
    if value is None:
        return {}
    if not low <= value <= high and not (name == "live_period" and value == _FOR_EVER):
        raise bad_request(f"{name} must be between {low} and {high}")
    return {name: value}


async def send_location(box: Box, params: Params) -> Any:
    letter = address(box, params)
    location = _point(params)
    accuracy = params.number("horizontal_accuracy")
    if accuracy is not None:
        if not 0 <= accuracy <= 1500:
            raise bad_request("horizontal_accuracy must be between 0 and 1500")
        location["horizontal_accuracy"] = accuracy
    location |= _between(params, "live_period", 60, 86400)
    location |= _between(params, "heading", 1, 360)
    location |= _between(params, "proximity_alert_radius", 1, 100000)
    letter.admit()
    return letter.send({"location": location})


async def send_venue(box: Box, params: Params) -> Any:
    letter = address(box, params)
    location = _point(params)
    venue: Json = {
        "location": location,
        "title": params.required_text("title"),
        "address": params.required_text("address"),
    }
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if params.text(name):
            venue[name] = params.text(name)
    letter.admit()
    return letter.send({"venue": venue, "location": location})


async def send_contact(box: Box, params: Params) -> Any:
    letter = address(box, params)
    contact: Json = {
        "phone_number": params.required_text("phone_number"),
        "first_name": params.required_text("first_name"),
    }
    for name in ("last_name", "vcard"):
        if params.text(name):
            contact[name] = params.text(name)
    if len((params.text("vcard") or "").encode()) > 2048:
        raise bad_request("vcard is too long")
    owner = find_phone(box, contact["phone_number"])
    if owner:
        contact["user_id"] = owner.id
    letter.admit()
    return letter.send({"contact": contact})
