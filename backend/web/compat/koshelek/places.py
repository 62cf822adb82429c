"""Place Info API: the whole list of a brand's stores.

A place of theirs has no city: it is the one that its coordinates are nearest to, or else one that
its address names. A schedule that is not spelt as on OpenStreetMap is left out.
"""

import hashlib
from collections.abc import Mapping
from math import cos, hypot, radians
from typing import Any

from pydantic import ValidationError

from backend.access.answer_once import Given
from backend.brands.sync_stores import sync_stores
from backend.platform.ids import new_base62
from backend.web.compat.call import Call
from backend.web.compat.fields import items, part, text
from backend.web.compat.koshelek.door import KoshelekDoor
from backend.web.compat.koshelek.offers import brand_for
from backend.web.compat.wrong import Wrong
from catalog.entries.store import StoreEntry
from catalog.entries.values.key import KEY, LONGEST_STORE
from catalog.reference.reference import City, load_reference
from catalog.shelves.hours import are_hours
from catalog.words import fold

MOST = 2000
_SIGNATURE = 32


class PlacesDoor(KoshelekDoor):
    """Its errors are 422 and a text."""

    def spelt(self, wrong: Wrong) -> Given:
        if wrong.status in (401, 429, 503):
            return super().spelt(wrong)
        headers = {"Content-Type": "text/plain; charset=utf-8", **wrong.headers}
        return Given(422, headers, wrong.text.encode())


async def sync(call: Call) -> dict[str, Any]:
    brand = await _brand(call)
    places = items(call.body, "places", MOST)
    entries, wrong = dict[str, StoreEntry](), 0
    for place in places:
        try:
            entry = _entry(place)
            entries[entry.key] = entry
        except (Wrong, ValidationError):
            wrong += 1
    if places and not entries:
        raise Wrong(422, "places", "none of the places can be read: see docs/compat-koshelek.md")
    await sync_stores(call.ctx, call.scope, brand, list(entries.values()))
    told = f"{len(entries)}-{wrong}-{new_base62(12)}"
    return {"sessionId": f"{told}-{_signed(call, told)}"}


async def _brand(call: Call) -> str:
    """The header names what the login's settings know, or the key of a brand."""
    offer_id = call.request.headers.get("offerId", "")
    if not offer_id:
        raise Wrong(422, "offerId", "the header offerId is missing")
    named = call.settings.offers
    known = named.get(offer_id) or call.settings.brand or offer_id
    return (await brand_for(call.scope, known)).key


async def state(call: Call) -> dict[str, Any]:
    """The list was taken whole when it was answered."""
    told, _, signed = call.path["session"].rpartition("-")
    if not told or signed != _signed(call, told):
        raise Wrong(422, "sessionId", "no such session")
    processed, errors, _ = told.split("-")
    return {
        "sessionId": call.path["session"],
        "status": "COMPLETED",
        "processed": int(processed),
        "errors": int(errors),
    }


def _signed(call: Call, told: str) -> str:
    return call.ctx.vault.sign(f"places:{call.login.id}:{told}")[:_SIGNATURE]


def _entry(place: Any) -> StoreEntry:
    """Raises Wrong and ValidationError."""
    if not isinstance(place, dict):
        raise Wrong(422, "places", "a place is no object")
    info = part(place, "placeInfo")
    address = text(info, "address", 300, needed=True).replace("\n", " ")
    where, hours = part(info, "geoPoint"), text(info, "schedule", 300)
    city, lat, lon = _where(where, address)
    return StoreEntry.model_validate(
        {
            "key": key_of(text(place, "itemId", 200, needed=True)),
            "city": city.key,
            "address": address,
            "lat": lat,
            "lon": lon,
            "hours": hours if hours and are_hours(hours) else None,
        }
    )


def key_of(item_id: str) -> str:
    """What is no key of ours becomes one, always the same."""
    if len(item_id) <= LONGEST_STORE and KEY.fullmatch(item_id):
        return item_id
    digest = hashlib.sha256(item_id.encode()).hexdigest()[:12]
    letters = "".join(sign for sign in item_id.lower() if sign.isascii() and sign.isalnum())
    return f"{letters[:40]}-{digest}" if letters else f"place-{digest}"


def _where(point: Mapping[str, Any], address: str) -> tuple[City, float, float]:
    cities = load_reference().cities.values()
    lat, lon = point.get("lat"), point.get("lng")
    if isinstance(lat, int | float) and isinstance(lon, int | float) and (lat or lon):
        return min(cities, key=lambda city: _away(city, lat, lon)), float(lat), float(lon)
    words = set(fold(address).split())
    for city in cities:
        if set(fold(city.name_ru).split()) <= words:
            return city, city.lat, city.lon
    raise Wrong(422, "places", "neither coordinates nor a city")


def _away(city: City, lat: float, lon: float) -> float:
    return hypot(lat - city.lat, (lon - city.lon) * cos(radians(city.lat)))
