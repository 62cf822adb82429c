"""The object: one card in Google's wallet."""

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import orjson

from backend.passes.face import PassFace, Shown
from backend.passes.google.barcode import barcode_of
from backend.passes.google.loyalty_class import class_id
from backend.passes.google.rotating import rotates, rotating_of
from backend.passes.google.words import OPENS, fitted, link, localized
from catalog.bilingual import Bilingual
from catalog.looks.card_design import MOST_LOCATIONS, Shows

# What stands in a place of its own on the front, and what is of the class.
_OWN_PLACE = frozenset({Shows.BALANCE, Shows.TIER, Shows.HOLDER, Shows.NUMBER})
_LARGEST_INT = 2**31 - 1


def object_id(issuer: str, serial: str) -> str:
    return f"{issuer}.{serial}"


def loyalty_object(issuer: str, face: PassFace, rotating_key: bytes = b"") -> dict[str, Any]:
    """`rotating_key`: of this card alone, for a barcode that changes by time."""
    kept = {"id": object_id(issuer, face.serial), "classId": class_id(issuer, face)}
    if face.voided:
        return ended(kept["id"], kept["classId"])
    made: dict[str, Any] = {**kept, "state": "ACTIVE"}
    made.update(_in_own_places(face))
    made.update(_barcode(face, rotating_key))
    if texts := fitted(_texts(face)):
        made["textModulesData"] = texts
    if face.opens:
        made["linksModuleData"] = {"uris": [link("opens", OPENS, face.opens)]}
    if face.locations:
        made["merchantLocations"] = [
            {"latitude": each.latitude, "longitude": each.longitude}
            for each in face.locations[:MOST_LOCATIONS]
        ]
    if face.expires is not None:
        made["validTimeInterval"] = {"end": {"date": face.expires.isoformat()}}
    return made


def ended(id_: str, class_of_it: str) -> dict[str, Any]:
    """A card that is its owner's no more: nothing stands on it. Google deletes none."""
    return {"id": id_, "classId": class_of_it, "state": "EXPIRED"}


def has_secret(made: Mapping[str, Any]) -> bool:
    """Whether there is in it what no address may carry."""
    return "rotatingBarcode" in made


def digest_of(made: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(made, option=orjson.OPT_SORT_KEYS)).hexdigest()


def told_of(face: PassFace) -> str:
    """What the phone lights up for when it changes, as far as Google can and the design wants it;
    "" for nothing."""
    return "\n".join(
        f"{each.key}={each.value.ru}"
        for each in face.front
        if each.change is not None and each.shows in {Shows.BALANCE, Shows.TIER}
    )


def _in_own_places(face: PassFace) -> Iterator[tuple[str, Any]]:
    for each in face.front:
        if each.shows is Shows.BALANCE:
            yield "loyaltyPoints", _points(each, _balance(face.balance, each))
        elif each.shows is Shows.TIER:
            yield "secondaryLoyaltyPoints", _points(each, {"string": each.value.ru})
        elif each.shows is Shows.HOLDER:
            yield "accountName", each.value.ru
        elif each.shows is Shows.NUMBER:
            yield "accountId", each.value.ru


def _points(shown: Shown, balance: dict[str, Any]) -> dict[str, Any]:
    return {"localizedLabel": localized(shown.label), "balance": balance}


def _balance(balance: Decimal | None, shown: Shown) -> dict[str, Any]:
    """A number is written as the phone's owner writes numbers."""
    if balance is None:
        return {"string": shown.value.ru}
    if balance == balance.to_integral_value() and abs(balance) <= _LARGEST_INT:
        return {"int": int(balance)}
    return {"double": float(balance)}


def _barcode(face: PassFace, rotating_key: bytes) -> Iterator[tuple[str, Any]]:
    if face.barcode is None:
        return
    if face.rotating and rotating_key and rotates(face.barcode):
        yield "rotatingBarcode", rotating_of(face.barcode, rotating_key)
    else:
        yield "barcode", barcode_of(face.barcode)


def _texts(face: PassFace) -> Iterator[tuple[str, Bilingual, Bilingual]]:
    for each in face.front:
        if each.shows not in _OWN_PLACE and each.shows is not Shows.TEXT:
            yield each.key, each.label, each.value
    for each in face.back:
        if each.shows is not Shows.TEXT:
            yield each.key, each.label, each.value
