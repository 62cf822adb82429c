"""Tries the place where registries are exchanged."""

from collections.abc import AsyncIterator

from backend.partners.finding import Finding
from backend.partners.registries.exchange import failure_of, open_place
from backend.partners.registries.naming import names_of
from backend.partners.registries.settings import Secrets, Settings
from backend.partners.registries.wire.errors import PlaceError
from backend.partners.registries.wire.place import Place, unfinished
from backend.partners.way import Way
from backend.platform.failures import NeedsSettings, TryLater

_PARTNER = "the partner"
_MOST = 1_000


async def check(settings: Settings, secrets: Secrets, way: Way) -> AsyncIterator[Finding]:
    """Login, each directory, and a file that is written and taken away; no registry is touched."""
    try:
        async with open_place(settings, secrets, way) as place:
            yield Finding(True, "the place of the files is there and lets us in")
            yield await _incoming(settings, place)
            for name in dict.fromkeys((settings.out, settings.reject)):
                yield await _outgoing(name, place)
    except NeedsSettings as missing:
        yield Finding(False, missing.reason, f"you, or {_PARTNER}")
    except TryLater as away:
        yield Finding(False, away.reason, _PARTNER)


async def _incoming(settings: Settings, place: Place) -> Finding:
    what = f"the directory {settings.in_!r}"
    try:
        entries = await place.entries(settings.in_, _MOST)
    except PlaceError as wrong:
        return Finding(False, f"{what}: {failure_of(wrong).reason}", _PARTNER)
    names = names_of(settings)
    ready = [entry.name for entry in entries if not unfinished(entry.name)]
    ours = [name for name in ready if names.what(name)]
    others = [name for name in ready if not names.what(name)]
    told = f"{what} can be read: {len(ours)} registries"
    if not others:
        return Finding(True, told)
    first = ", ".join(repr(name[:60]) for name in others[:3])
    return Finding(
        False,
        f"{told}, and {len(others)} files that have no name of a registry: {first}",
        f"{_PARTNER}, or `names` and `programs` in the settings",
    )


async def _outgoing(name: str, place: Place) -> Finding:
    what = f"the directory {name!r}"
    try:
        await place.try_writing(name)
    except PlaceError as wrong:
        return Finding(False, f"{what}: {failure_of(wrong).reason}", _PARTNER)
    return Finding(True, f"{what} can be written")
