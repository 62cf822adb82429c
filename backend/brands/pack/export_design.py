"""A program's design as program.yaml spells it, with the pictures beside it."""

from collections.abc import Mapping
from typing import Any

from catalog.looks.card_design import said_of
from catalog.looks.designs import newest_designs
from models.media import Media
from models.program import Program

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
_PICTURES = ("logo", "strip")
# PostgreSQL keeps keys in an order of its own.
_ORDER = (
    "name", "tiers", "segment", "place", "shows", "own", "lat", "lon", "primary", "secondary",
    "ink", "label", "logo", "strip", "front", "back", "links", "url", "locations", "stores", "text",
    "change", "in_place", "rotating", "variants", "ru", "en",
)  # fmt: skip
_RANKS = {name: rank for rank, name in enumerate(_ORDER)}


async def design_files(program: Program) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What is said, and the files that it names. The same rows give the same names."""
    newest = await newest_designs([program.id])
    said = spelled(said_of(program, newest.get(program.id)))
    files: dict[str, bytes] = {}
    for kind in _PICTURES:
        looks = [look for look in (said, *said.get("variants", ())) if kind in look]
        names: dict[str, str] = {}
        for look in looks:
            sha256 = look[kind]
            if sha256 not in names:
                media = await Media.get(sha256=sha256)
                number = f"-{len(names) + 1}" if names else ""
                names[sha256] = f"{kind}{number}.{_ENDINGS[media.mime]}"
                files[names[sha256]] = bytes(media.content)
            look[kind] = names[sha256]
    return said, files


def spelled(kept: Any) -> Any:
    """In one order, and as people write it."""
    match kept:
        case bool():
            return "yes" if kept else "no"
        case Mapping():
            return {name: spelled(kept[name]) for name in sorted(kept, key=_RANKS.__getitem__)}
        case list() | tuple():
            return [spelled(each) for each in kept]
    return kept
