"""The class: what all cards of a program have in common, and where on a card what stands.

There is one for the program and one for each of its variants, since colours and pictures are the
class's. It is made of what is the same on every card, so that any card's face gives the same class.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backend.passes.face import PassFace
from backend.passes.google.pictures import NoLogo, image, is_fetched
from backend.passes.google.words import USUAL_LABELS, fitted, link, localized
from catalog.bilingual import Bilingual
from catalog.looks.card_design import PassField, Place, Shows

COUNTRY = "RU"
# Of a row of the card, and rows.
MOST_ITEMS = 3
_PATHS: Mapping[Shows, str] = {
    Shows.BALANCE: "object.loyaltyPoints.balance",
    Shows.TIER: "object.secondaryLoyaltyPoints.balance",
    Shows.HOLDER: "object.accountName",
    Shows.NUMBER: "object.accountId",
}
_ROWS = ((Place.HEADER, Place.PRIMARY), (Place.SECONDARY,), (Place.AUXILIARY,))
_ITEMS = {1: ("item",), 2: ("startItem", "endItem"), 3: ("startItem", "middleItem", "endItem")}
_ROW_NAMES = {1: "oneItem", 2: "twoItems", 3: "threeItems"}


def class_id(issuer: str, face: PassFace) -> str:
    """The variant's name is of any letters, an id is not."""
    variant = face.look.variant
    if not variant:
        return f"{issuer}.{face.program}"
    return f"{issuer}.{face.program}.{hashlib.sha256(variant.encode()).hexdigest()[:12]}"


def loyalty_class(issuer: str, face: PassFace, callback: str = "") -> dict[str, Any]:
    """`callback`: where Google tells who saved and removed a card. Raises NoLogo."""
    if not is_fetched(face.pictures.logo_at):
        raise NoLogo(face.program)
    made: dict[str, Any] = {
        "id": class_id(issuer, face),
        "issuerName": face.brand.ru,
        "localizedIssuerName": localized(face.brand),
        "programName": face.program_name.ru,
        "localizedProgramName": localized(face.program_name),
        "programLogo": image(face.pictures.logo_at, face.brand),
        "hexBackgroundColor": face.look.primary,
        "countryCode": COUNTRY,
        "reviewStatus": "UNDER_REVIEW",
        "multipleDevicesAndHoldersAllowedStatus": "ONE_USER_ALL_DEVICES",
        "localizedAccountNameLabel": localized(_label(face, Shows.HOLDER)),
        "localizedAccountIdLabel": localized(_label(face, Shows.NUMBER)),
    }
    if is_fetched(face.pictures.strip_at):
        made["heroImage"] = image(face.pictures.strip_at, face.program_name)
    if callback:
        made["callbackOptions"] = {"url": callback}
    made |= _modules(face)
    return made


def _label(face: PassFace, shows: Shows) -> Bilingual:
    said = (each.label for each in face.look.front if each.shows is shows)
    return next(filter(None, said), USUAL_LABELS[shows])


def _modules(face: PassFace) -> Iterator[tuple[str, Any]]:
    if texts := fitted(_texts(face)):
        yield "textModulesData", texts
    if face.links:
        uris = [link(f"link_{n}", each.label, each.url) for n, each in enumerate(face.links)]
        yield "linksModuleData", {"uris": uris}
    if rows := [_row(each) for each in rows_of(face.look.front)]:
        yield "classTemplateInfo", {"cardTemplateOverride": {"cardRowTemplateInfos": rows}}


def _texts(face: PassFace) -> Iterator[tuple[str, Bilingual, Bilingual]]:
    for each in face.look.front:
        if each.shows is Shows.TEXT and each.text is not None:
            yield each.key, each.label or Bilingual("", ""), each.text
    for shown in face.back:
        if shown.shows is Shows.TEXT:
            yield shown.key, shown.label, shown.value


def rows_of(front: Sequence[PassField]) -> list[list[PassField]]:
    """As the design places them; where that makes a row too long, one after the other."""
    rows = [[each for each in front if each.place in places] for places in _ROWS]
    if any(len(row) > MOST_ITEMS for row in rows):
        every = [each for row in rows for each in row]
        rows = [every[at : at + MOST_ITEMS] for at in range(0, len(every), MOST_ITEMS)]
    return [row for row in rows if row][:MOST_ITEMS]


def _row(fields: Sequence[PassField]) -> dict[str, Any]:
    items = [{"firstValue": {"fields": [{"fieldPath": _path(each)}]}} for each in fields]
    return {_ROW_NAMES[len(fields)]: dict(zip(_ITEMS[len(fields)], items, strict=True))}


def _path(field: PassField) -> str:
    if field.shows in _PATHS:
        return _PATHS[field.shows]
    of = "class" if field.shows is Shows.TEXT else "object"
    return f"{of}.textModulesData['{field.key}']"
