"""pass.json of a card."""

from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from typing import Any

from backend.passes.apple.barcodes import barcodes_of, is_picture
from backend.passes.apple.fields import fields_of
from backend.passes.apple.words import Words
from backend.passes.face import PassFace, ShownLocation
from backend.pictures.colours import palette
from catalog.looks.card_design import MOST_LOCATIONS
from catalog.looks.colours import Rgb, mix, parse_colour

# Beside a wider logo there is no room for words.
_SOFT = 0.2


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs, and where devices ask for what is new. `web_service` without `/v1`."""

    type: str
    team: str
    web_service: str


def pass_of(
    face: PassFace, token: str, issuer: Issuer, *, named: bool = True
) -> tuple[dict[str, Any], Words]:
    """What pass.json says, and what of it is to be translated. `named`: with the program's name
    beside the logo."""
    said = _pass(face, token, issuer, words := Words(), named)
    if words.collide():
        said = _pass(face, token, issuer, words := Words(frozenset(words.plain)), named)
    return said, words


def _pass(face: PassFace, token: str, issuer: Issuer, words: Words, named: bool) -> dict[str, Any]:
    look = face.look
    said: dict[str, Any] = {
        "formatVersion": 1,
        "passTypeIdentifier": issuer.type,
        "serialNumber": face.serial,
        "teamIdentifier": issuer.team,
        "organizationName": words.of(face.brand),
        "description": words.of(face.program_name),
        **colours_of(look.primary, look.secondary, look.ink, look.label),
        "sharingProhibited": True,
        "webServiceURL": issuer.web_service,
        "authenticationToken": token,
        "storeCard": fields_of(face, words),
    }
    if named:
        said["logoText"] = words.of(face.program_name)
    if barcodes := barcodes_of(face.barcode):
        said["barcodes"] = barcodes
    if is_picture(face.barcode):
        said["suppressStripShine"] = True
    if face.locations:
        said["locations"] = [_location(each, words) for each in face.locations[:MOST_LOCATIONS]]
    if face.expires is not None:
        said["expirationDate"] = face.expires.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if face.voided:
        said["voided"] = True
    return said


def _location(place: ShownLocation, words: Words) -> dict[str, Any]:
    said: dict[str, Any] = {"latitude": place.latitude, "longitude": place.longitude}
    if place.text is not None:
        said["relevantText"] = words.of(place.text)
    return said


@lru_cache(1024)
def colours_of(
    primary: str, secondary: str | None, ink: str | None, label: str | None
) -> dict[str, str]:
    """Ground, ink and labels. Without an ink of its own the ground is moved as far as reading
    needs, as on the bot's picture."""
    seen = palette(primary, secondary)
    ground = parse_colour(primary) if ink else seen.start
    letters = parse_colour(ink) if ink else seen.ink
    names = parse_colour(label) if label else mix(letters, ground, _SOFT)
    return {
        "backgroundColor": _rgb(ground),
        "foregroundColor": _rgb(letters),
        "labelColor": _rgb(names),
    }


def _rgb(colour: Rgb) -> str:
    return "rgb({}, {}, {})".format(*colour)
