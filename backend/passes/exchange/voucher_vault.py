"""Voucher Vault's export: a JSON array of vouchers."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from backend.passes.exchange import symbologies
from backend.passes.exchange.shapes import ExchangeCard, FileRefused, Imported, RowProblem

_COLORS = {
    "GREY": "#9E9E9E",
    "BLUE": "#2196F3",
    "GREEN": "#4CAF50",
    "ORANGE": "#FF9800",
    "PURPLE": "#9C27B0",
    "RED": "#F44336",
    "YELLOW": "#FFEB3B",
}
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
        try:
            found.cards.append(_card(item))
        except (ValueError, TypeError, AttributeError) as wrong:
            found.problems.append(RowProblem(number, str(wrong)))
    return found


def _card(item: Any) -> ExchangeCard:
    code, kind = str(item.get("code") or "").strip(), str(item.get("codeType") or "TEXT")
    name = str(item.get("description") or "").strip()
    if not code:
        raise ValueError("code is empty")
    if not name:
        raise ValueError("description is empty")
    if kind not in _TYPES:
        raise ValueError(f"codeType is {kind!r}, expected one of {', '.join(_TYPES)}")
    ours = symbologies.VOUCHER_VAULT.get(kind)
    return ExchangeCard(
        name=name,
        number=code,
        barcode_value=code,
        barcode_format=symbologies.drawable(ours, code),
        symbology=symbologies.TO_CATIMA[ours] if ours else "",
        expires=_moment(item.get("expires")),
        balance=_balance(item),
        color=_COLORS.get(str(item.get("color") or "")),
    )


def _moment(text: Any) -> datetime | None:
    if text is None:
        return None
    found = datetime.fromisoformat(str(text))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _balance(item: Any) -> Decimal:
    """Milliunits, or the older plain number."""
    if item.get("balanceMilliunits") is not None:
        return Decimal(int(item["balanceMilliunits"])) / 1000
    return Decimal(str(item["balance"])) if item.get("balance") is not None else Decimal(0)
