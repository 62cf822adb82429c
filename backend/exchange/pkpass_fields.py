"""What stands on a pass around its barcode: the lines of a note, a balance."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from backend.exchange import values
from backend.exchange.currencies import currency_of

STYLES = ("storeCard", "coupon", "generic", "eventTicket", "boardingPass")
_FRONT = ("headerFields", "primaryFields", "secondaryFields", "auxiliaryFields")
# Of a note there is room for some two thousand characters.
MOST_FIELDS = 60
_BALANCE = ("balance", "points", "bonus", "баланс", "балл", "бонус")

Said = Callable[[Any], str]


def note_of(given: Mapping[str, Any], said: Said) -> str:
    """The description, then `label: value` of every field, front before back."""
    lines = [said(given.get("description"))]
    for field in _fields(given, (*_FRONT, "backFields")):
        label, value = said(field.get("label")), said(field.get("value"))
        lines.append(f"{label}: {value}" if label and value else value)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def balance_of(given: Mapping[str, Any], said: Said) -> tuple[Decimal, str]:
    """Money with its ISO 4217 code, or points without one; of a store card alone."""
    if not isinstance(given.get("storeCard"), dict):
        return values.ZERO, ""
    for field in _fields(given, _FRONT):
        currency = currency_of(str(field.get("currencyCode") or ""))
        named = f"{field.get('key') or ''} {said(field.get('label'))}".casefold()
        if not currency and not any(word in named for word in _BALANCE):
            continue
        try:
            return values.amount_of(_number(said(field.get("value")))), currency
        except ValueError:
            continue
    return values.ZERO, ""


def _number(text: str) -> str:
    """`1 270` and `12,50` too. Raises ValueError for an empty text."""
    number = "".join(text.split()).replace(",", ".")
    if not number:
        raise ValueError("no number")
    return number


def _fields(given: Mapping[str, Any], parts: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    count = 0
    for style in STYLES:
        body = given.get(style)
        if not isinstance(body, dict):
            continue
        for part in parts:
            listed = body.get(part)
            for field in listed if isinstance(listed, list) else ():
                if isinstance(field, dict) and count < MOST_FIELDS:
                    count += 1
                    yield field
