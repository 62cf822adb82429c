"""A patch leaves alone what it does not name, down to the parts of a part: so it names what a card
has no more. Google's own part of an object (its messages, its links to others) stays."""

from collections.abc import Mapping
from typing import Any

_MAY_GO = (
    "accountId", "accountName", "loyaltyPoints", "secondaryLoyaltyPoints", "barcode",
    "rotatingBarcode", "textModulesData", "linksModuleData", "merchantLocations",
    "validTimeInterval",
)  # fmt: skip
_KINDS_OF_BALANCE = ("string", "int", "double", "money")
_POINTS = ("loyaltyPoints", "secondaryLoyaltyPoints")
_BARCODES = ("barcode", "rotatingBarcode")


def patch_of(made: Mapping[str, Any], *, notify: bool = False) -> dict[str, Any]:
    """`notify`: if what Google tells people of has changed, tell them. It holds for one patch."""
    patch = dict.fromkeys(_MAY_GO) | dict(made)
    for name in _POINTS:
        if name in made:
            patch[name] = _points(made[name])
    for name in _BARCODES:
        if name in made:
            patch[name] = {"renderEncoding": None, **made[name]}
    return patch | {"notifyPreference": "NOTIFY_ON_UPDATE"} if notify else patch


def _points(points: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "localizedLabel": {"translatedValues": [], **points["localizedLabel"]},
        "balance": dict.fromkeys(_KINDS_OF_BALANCE) | points["balance"],
    }
