"""Karman's own JSON export: everything a card has. Its schema is docs/cards.schema.json."""

import base64
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson

from backend.passes.exchange.shapes import ExchangeCard, FileRefused, Imported, RowProblem
from models.barcode_format import BarcodeFormat

FORMAT = "karman-cards"
VERSION = 1
PICTURES = ("front", "back", "icon")


def is_karman_json(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{" and FORMAT.encode() in data[:200]


def write_karman_json(cards: list[ExchangeCard], now: datetime) -> bytes:
    document = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": now.astimezone(UTC).isoformat(),
        "cards": [_item(card) for card in cards],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def _item(card: ExchangeCard) -> dict[str, Any]:
    item: dict[str, Any] = {
        "name": card.name,
        "number": card.number,
        "barcode_value": card.barcode_value,
        "barcode_format": card.barcode_format.value if card.barcode_format else None,
        "symbology": card.symbology,
        "encoding": card.encoding,
        "note": card.note,
        "valid_from": card.valid_from.isoformat() if card.valid_from else None,
        "expires": card.expires.isoformat() if card.expires else None,
        "balance": format(card.balance, "f"),
        "balance_type": card.balance_type,
        "color": card.color,
        "starred": card.starred,
        "archived": card.archived,
        "last_used": card.last_used.isoformat() if card.last_used else None,
        "groups": list(card.groups),
    }
    for side in PICTURES:
        picture: bytes | None = getattr(card, side)
        item[side] = base64.b64encode(picture).decode() if picture else None
    return item


def read_karman_json(data: bytes) -> Imported:
    """Raises FileRefused. Lines are positions in the list, from 1."""
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as wrong:
        raise FileRefused("broken", f"not JSON: {wrong}") from wrong
    if document.get("format") != FORMAT or document.get("version") != VERSION:
        raise FileRefused("unknown_format", f"expected {FORMAT} of version {VERSION}")
    found = Imported("karman")
    for number, item in enumerate(document.get("cards") or [], 1):
        try:
            found.cards.append(_card(item))
        except (KeyError, TypeError, ValueError, ArithmeticError) as wrong:
            found.problems.append(RowProblem(number, f"{type(wrong).__name__}: {wrong}"))
    return found


def _card(item: dict[str, Any]) -> ExchangeCard:
    pictures = {side: base64.b64decode(item[side]) if item.get(side) else None for side in PICTURES}
    return ExchangeCard(
        name=str(item["name"]),
        number=str(item["number"]),
        barcode_value=str(item["barcode_value"]),
        barcode_format=BarcodeFormat(item["barcode_format"]) if item["barcode_format"] else None,
        symbology=str(item.get("symbology", "")),
        encoding=str(item.get("encoding", "")),
        note=str(item.get("note", "")),
        valid_from=_moment(item.get("valid_from")),
        expires=_moment(item.get("expires")),
        balance=Decimal(item.get("balance") or 0),
        balance_type=str(item.get("balance_type", "")),
        color=item.get("color"),
        starred=bool(item.get("starred")),
        archived=bool(item.get("archived")),
        last_used=_moment(item.get("last_used")),
        groups=tuple(item.get("groups") or ()),
        **pictures,
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
