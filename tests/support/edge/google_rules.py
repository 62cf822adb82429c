"""What Google refuses beyond its schema: rules that stand in the descriptions of its fields."""

import re
from collections.abc import Iterator
from typing import Any

from tests.support.edge.google_schema import mistakes

_ID = re.compile(r"(?P<issuer>[0-9]{10,25})\.[A-Za-z0-9._-]+")
_MODULE = re.compile(r"[A-Za-z0-9_-]+")
_COLOUR = re.compile(r"#([0-9a-fA-F]{3}){1,2}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")
_MODULE_PATH = re.compile(r"(class|object)\.textModulesData\['([A-Za-z0-9_-]+)'\]")
_PATHS = {
    "object.loyaltyPoints.balance", "object.secondaryLoyaltyPoints.balance", "object.accountName",
    "object.accountId",
}  # fmt: skip
_CLASS_NEEDS = ("id", "issuerName", "programName", "programLogo", "reviewStatus")
_OBJECT_NEEDS = ("id", "classId", "state")
_DIGITS = {"EAN_13": 13, "EAN_8": 8, "UPC_A": 12, "ITF_14": 14}
MOST = 10


def class_mistakes(body: dict[str, Any], issuer: str) -> list[str]:
    return [*mistakes("LoyaltyClass", body), *_class(body, issuer)]


def object_mistakes(body: dict[str, Any], issuer: str) -> list[str]:
    return [*mistakes("LoyaltyObject", body), *_object(body, issuer)]


def _class(body: dict[str, Any], issuer: str) -> Iterator[str]:
    yield from _needed(body, _CLASS_NEEDS)
    yield from _id(body.get("id"), issuer)
    if body.get("reviewStatus") not in {"UNDER_REVIEW", "DRAFT"}:
        yield "reviewStatus: an issuer may send these two alone"
    if not _COLOUR.fullmatch(body.get("hexBackgroundColor", "#fff")):
        yield "hexBackgroundColor: no colour"
    if not body.get("callbackOptions", {}).get("url", "https://").startswith("https://"):
        yield "callbackOptions.url: not https"
    yield from _shared(body)
    yield from _template(body)


def _object(body: dict[str, Any], issuer: str) -> Iterator[str]:
    yield from _needed(body, _OBJECT_NEEDS)
    yield from _id(body.get("id"), issuer)
    yield from _id(body.get("classId"), issuer)
    yield from _shared(body)
    for points in ("loyaltyPoints", "secondaryLoyaltyPoints"):
        if points in body and len(body[points].get("balance", {})) != 1:
            yield f"{points}.balance: exactly one of its kinds"
    if "barcode" in body:
        yield from _barcode(body["barcode"])
    if "rotatingBarcode" in body:
        yield from _rotating(body["rotatingBarcode"])
    end = body.get("validTimeInterval", {}).get("end", {}).get("date")
    if end is not None and not _DATE.fullmatch(end):
        yield "validTimeInterval.end: no date with an offset"


def _needed(body: dict[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if not body.get(name):
            yield f"{name}: required"


def _id(id_: Any, issuer: str) -> Iterator[str]:
    found = _ID.fullmatch(id_) if isinstance(id_, str) else None
    if found is None or found["issuer"] != issuer:
        yield f"{id_}: no id of this issuer"


def _shared(body: dict[str, Any]) -> Iterator[str]:
    texts = body.get("textModulesData", [])
    ids = [each.get("id", "") for each in texts]
    if len(texts) > MOST or len(set(ids)) != len(ids) or not all(map(_MODULE.fullmatch, ids)):
        yield "textModulesData: at most ten, each with an id of its own"
    for each in texts:
        if not (each.get("body") or each.get("localizedBody")):
            yield "textModulesData: no body"
    if len(body.get("messages", [])) > MOST:
        yield "messages: at most ten"
    places = body.get("merchantLocations", [])
    if len(places) > MOST:
        yield "merchantLocations: at most ten"
    for each in places:
        if not (-90 <= each["latitude"] <= 90 and -180 <= each["longitude"] <= 180):
            yield "merchantLocations: nowhere on Earth"
    for each in body.get("linksModuleData", {}).get("uris", []):
        if not re.match(r"(https?|tel|mailto):", each.get("uri", "")):
            yield "linksModuleData: no scheme"
    yield from _images(body)
    yield from _languages(body)


def _images(body: dict[str, Any]) -> Iterator[str]:
    for name in ("programLogo", "heroImage", "wideProgramLogo"):
        uri = body.get(name, {}).get("sourceUri", {}).get("uri", "https://")
        if not uri.startswith("https://"):
            yield f"{name}: Google fetches over https alone"


def _languages(value: Any) -> Iterator[str]:
    """No text in two languages is without one of them."""
    if isinstance(value, list):
        for each in value:
            yield from _languages(each)
    elif isinstance(value, dict):
        if "defaultValue" in value and not value["defaultValue"].get("value"):
            yield "a localized text says nothing"
        for each in value.values():
            yield from _languages(each)


def _barcode(barcode: dict[str, Any]) -> Iterator[str]:
    value, kind = barcode.get("value", ""), barcode.get("type")
    if not value:
        yield "barcode: no value"
    if kind in _DIGITS and not (value.isdigit() and len(value) == _DIGITS[kind]):
        yield f"barcode: no {kind}"


def _rotating(barcode: dict[str, Any]) -> Iterator[str]:
    totp = barcode.get("totpDetails", {})
    keys = [each.get("key", "") for each in totp.get("parameters", [])]
    if barcode.get("type") not in {"QR_CODE", "PDF_417"}:
        yield "rotatingBarcode: of this type none rotates"
    if totp.get("algorithm") != "TOTP_SHA1" or not int(totp.get("periodMillis", 0)):
        yield "rotatingBarcode: no TOTP"
    if not keys or not all(re.fullmatch(r"([0-9a-fA-F]{2}){16,}", key) for key in keys):
        yield "rotatingBarcode: no key in Base16"
    places = set(re.findall(r"\{([^}]*)\}", barcode.get("valuePattern", "")))
    known = {"totp_timestamp_seconds", "totp_timestamp_millis"}
    if places - known != {f"totp_value_{n}" for n in range(len(keys))}:
        yield "rotatingBarcode: places of the pattern and parameters differ"


def _template(body: dict[str, Any]) -> Iterator[str]:
    card = body.get("classTemplateInfo", {}).get("cardTemplateOverride", {})
    rows = card.get("cardRowTemplateInfos", [])
    if len(rows) > 3:
        yield "cardRowTemplateInfos: at most three"
    own = {each.get("id") for each in body.get("textModulesData", [])}
    for row in rows:
        if len(row) != 1:
            yield "a row is exactly one of oneItem, twoItems, threeItems"
        for item in next(iter(row.values())).values():
            path = item["firstValue"]["fields"][0]["fieldPath"]
            named = _MODULE_PATH.fullmatch(path)
            if path not in _PATHS and named is None:
                yield f"{path}: leads nowhere"
            if named and named[1] == "class" and named[2] not in own:
                yield f"{path}: the class has no such text"
