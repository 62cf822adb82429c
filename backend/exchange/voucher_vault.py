"""Voucher Vault's export: a JSON array of vouchers."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from backend.exchange import symbologies, values
from backend.exchange.lenient import Lenient
from backend.exchange.shapes import ExchangeCard, FileRefused, Imported, RowRefused, Why

# As Catima takes them over.
_COLORS = {
    "GREY": "#888888",
    "BLUE": "#0000FF",
    "GREEN": "#00FF00",
    "ORANGE": "#FFA500",
    "PURPLE": "#800080",
    "RED": "#FF0000",
    "YELLOW": "#FFFF00",
}
# The program counts money, in no currency that its file would name.
_CURRENCY = "USD"
_TYPES = (*symbologies.VOUCHER_VAULT, "TEXT")


def is_voucher_vault(data: bytes) -> bool:
    return data.lstrip()[:1] == b"[" and b'"codeType"' in data


def read_voucher_vault(data: bytes) -> Imported:
    """Raises FileRefused. Lines are positions in the array, from 1."""
    try:
        items = orjson.loads(data)
    except orjson.JSONDecodeError as wrong:
        raise FileRefused("broken", f"not JSON: {wrong}") from wrong
    if not isinstance(items, list):
        raise FileRefused("broken", "expected a list of vouchers")
    found = Imported("voucher_vault")
    for number, item in enumerate(items, 1):
        lenient = Lenient()
        try:
            card = _card(item, lenient)
        except RowRefused as refused:
            name = str(item.get("description") or "") if isinstance(item, dict) else ""
            found.problems.append(refused.problem(number, name))
            continue
        found.cards.append(card)
        found.notes += lenient.notes(number, card.name)
    return found


def _card(item: Any, lenient: Lenient) -> ExchangeCard:
    """Raises RowRefused."""
    if not isinstance(item, dict):
        raise RowRefused(Why.UNREADABLE)
    code, kind = str(item.get("code") or "").strip(), str(item.get("codeType") or "TEXT")
    name = str(item.get("description") or "").strip()
    if not code or not name:
        raise RowRefused(Why.EMPTY, "name" if code else "number")
    if kind not in _TYPES:
        lenient.leave_out("barcode_format", kind)
    symbology = symbologies.VOUCHER_VAULT.get(kind, "")
    barcode = symbologies.drawn(symbology, code)
    balance = lenient.take("balance", item, _balance, None)
    return lenient.card(
        name=name,
        number=code,
        barcode_value=barcode.value,
        barcode_format=barcode.format,
        symbology=symbology,
        expires=lenient.take("expires", item.get("expires"), _moment, None),
        balance=balance or values.ZERO,
        balance_type="" if balance is None else _CURRENCY,
        color=_COLORS.get(str(item.get("color") or "")),
    )


def _moment(text: Any) -> datetime | None:
    if text is None:
        return None
    found = datetime.fromisoformat(str(text))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _balance(item: Any) -> Decimal | None:
    """Milliunits, or the older plain number. Raises ValueError."""
    if item.get("balanceMilliunits") is not None:
        return values.amount_of(str(item["balanceMilliunits"])) / 1000
    return values.amount_of(str(item["balance"])) if item.get("balance") is not None else None
