"""Where people are is taken out of updates before anything is stored: what it comes to (a city, the
stores that want to know) stays, the place itself is in this process's memory until it is handled.

A restart forgets it: whoever asked what is near is asked for it once more.
"""

import math
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from backend.geofences.fences import Fences
from backend.platform.context import Context
from bot.intake.update import Raw, encode
from bot.place import HERE, RESOLVED, Place
from catalog.shelves.cities import nearest_city

Here = tuple[float, float]
# People whose updates wait at one time.
MOST = 10_000
_PLACES = frozenset({"location", "venue"})
# Of the shape that Telegram's has, so that handlers are found by it.
NOWHERE: Mapping[str, Any] = {"latitude": 0.0, "longitude": 0.0}
_WRITTEN = tuple(f'"{name}"'.encode() for name in _PLACES)
# Nothing of Telegram's lies that deep, and nothing that does is kept.
_DEEPEST = 64


class Places:
    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._fences = Fences()
        self._here: OrderedDict[int, Here] = OrderedDict()

    async def take_out(self, update: Raw) -> Raw:
        """The update as it may be stored."""
        bare = without_places(update)
        here, moving = here_of(update)
        if here is None:
            return bare
        self._here[update["update_id"]] = here
        while len(self._here) > MOST:
            self._here.popitem(last=False)
        passed = await self._fences.near(self._ctx.clock(), *here)
        # Nobody chooses a city while they walk.
        city = None if moving else await nearest_city(*here)
        return {**bare, RESOLVED: Place(city.id if city else None, tuple(passed)).kept()}

    def give_back(self, update: Raw) -> Raw:
        """As it is handled: with the place, if it is known here."""
        here = self._here.get(update["update_id"])
        if here is None or RESOLVED not in update:
            return update
        return {**update, RESOLVED: {**update[RESOLVED], HERE: here}}

    def forget(self, update_id: int) -> None:
        self._here.pop(update_id, None)


def here_of(update: Raw) -> tuple[Here | None, bool]:
    """Degrees, and whether they come while somebody moves. Of a venue it is the venue's."""
    for kind, moving in (("message", False), ("edited_message", True)):
        message = update.get(kind)
        if isinstance(message, dict) and isinstance(message.get("location"), dict):
            return _degrees(message["location"]), moving
    return None, False


def _degrees(location: Mapping[str, Any]) -> Here | None:
    lat, lon = location.get("latitude"), location.get("longitude")
    if not _is_degrees(lat, 90) or not _is_degrees(lon, 180):
        return None
    return float(lat), float(lon)  # type: ignore[arg-type]


def _is_degrees(value: object, most: int) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and abs(value) <= most  # type: ignore[arg-type]


def without_places(update: Raw) -> Raw:
    """What is said of a place goes wherever it stands, also in what was replied to; that there was
    one in the message itself stays. Most say nothing of any and are left as they are."""
    written = encode(update)
    if not any(name in written for name in _WRITTEN):
        return update
    bare: Raw = _bare(update, 0)
    for kind in ("message", "edited_message"):
        message = update.get(kind)
        if isinstance(message, dict) and isinstance(message.get("location"), dict):
            bare[kind]["location"] = dict(NOWHERE)
    return bare


def _bare(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {
            name: _bare(each, depth + 1)
            for name, each in value.items()
            if name not in _PLACES or not isinstance(each, dict)
        }
    if isinstance(value, list):
        return [_bare(each, depth + 1) for each in value]
    return value
