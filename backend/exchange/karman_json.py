"""Karman's own JSON export: everything a card has. Its schema is docs/cards.schema.json, made
from these models (a test holds the two together)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import orjson
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError

from backend.exchange.lenient import Lenient
from backend.exchange.shapes import ExchangeCard, FileRefused, Imported, RowRefused, Why
from backend.exchange.symbologies import TO_CATIMA, drawn, symbology_named
from models.barcode_format import BarcodeFormat

FORMAT = "karman-cards"
VERSION = 1

Picture = Annotated[Base64Bytes | None, Field(description="PNG or JPEG in base64")]


class CardItem(BaseModel):
    """One card. Moments are ISO 8601 with an offset."""

    model_config = ConfigDict(extra="ignore")

    name: Annotated[str, Field(min_length=1, description="the brand, or what its owner calls it")]
    number: Annotated[str, Field(min_length=1, description="as printed on the card")]
    barcode_value: Annotated[str, Field(description="what the barcode holds")]
    barcode_format: Annotated[
        BarcodeFormat | None, Field(description="null: shown without a barcode")
    ] = None
    symbology: Annotated[
        str, Field(description="the format in the source's own words, such as CODE_93")
    ] = ""
    encoding: Annotated[str, Field(description="of the barcode's text; empty: not said")] = ""
    note: str = ""
    valid_from: datetime | None = None
    expires: datetime | None = None
    balance: Annotated[Decimal, Field(description="as last seen or noted down")] = Decimal(0)
    balance_type: Annotated[str, Field(description="ISO 4217, or empty for points")] = ""
    color: Annotated[str | None, Field(pattern="^#[0-9A-Fa-f]{6}$")] = None
    starred: bool = False
    archived: bool = False
    last_used: datetime | None = None
    groups: tuple[str, ...] = ()
    front: Picture = None
    back: Picture = None
    icon: Picture = None


class CardsDocument(BaseModel):
    """The file: who made it, when, and the cards."""

    format: Literal["karman-cards"] = "karman-cards"
    version: Literal[1] = 1
    exported_at: datetime
    cards: list[CardItem]


def is_karman_json(data: bytes) -> bool:
    return data.lstrip()[:1] == b"{" and FORMAT.encode() in data[:200]


def write_karman_json(cards: list[ExchangeCard], now: datetime) -> bytes:
    items = b",\n".join(_item(card) for card in cards)
    return b"".join((_head(now), items, _END))


async def json_pieces(cards: AsyncIterator[ExchangeCard], now: datetime) -> AsyncIterator[bytes]:
    """The same, card by card."""
    before = _head(now)
    async for card in cards:
        yield before + _item(card)
        before = b",\n"
    yield (before if before != b",\n" else b"") + _END


_END = b"\n]}\n"


def _head(now: datetime) -> bytes:
    empty = CardsDocument.model_construct(exported_at=now.astimezone(UTC), cards=[])
    return empty.model_dump_json().encode().removesuffix(b"]}") + b"\n"


def _item(card: ExchangeCard) -> bytes:
    return CardItem.model_construct(**_fields(card)).model_dump_json().encode()


def _fields(card: ExchangeCard) -> dict[str, Any]:
    return {name: getattr(card, name) for name in CardItem.model_fields}


def read_karman_json(data: bytes) -> Imported:
    """Raises FileRefused. Lines are positions in the list, from 1."""
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as wrong:
        raise FileRefused("broken", f"not JSON: {wrong}") from wrong
    if not isinstance(document, dict) or not isinstance(document.get("cards") or [], list):
        raise FileRefused("broken", "expected an object with a list of cards")
    if document.get("format") != FORMAT or document.get("version") != VERSION:
        raise FileRefused("unknown_format", f"expected {FORMAT} of version {VERSION}")
    found = Imported("karman")
    for number, item in enumerate(document.get("cards") or [], 1):
        lenient = Lenient()
        try:
            card = _card(item, lenient)
        except RowRefused as refused:
            name = item.get("name") if isinstance(item, dict) else ""
            found.problems.append(refused.problem(number, str(name or "")))
            continue
        found.cards.append(card)
        found.notes += lenient.notes(number, card.name)
    return found


_NEEDED = ("name", "number", "barcode_value")


def _card(item: Any, lenient: Lenient) -> ExchangeCard:
    """Raises RowRefused."""
    if not isinstance(item, dict):
        raise RowRefused(Why.UNREADABLE)
    card = _validated(item, lenient)
    named = TO_CATIMA[card.barcode_format] if card.barcode_format else ""
    symbology = symbology_named(card.symbology) or named or card.symbology
    barcode = drawn(symbology, card.barcode_value)
    fields = {name: getattr(card, name) for name in CardItem.model_fields}
    fields.update(symbology=symbology, barcode_value=barcode.value, barcode_format=barcode.format)
    return lenient.card(**fields)


def _validated(item: dict[str, Any], lenient: Lenient) -> CardItem:
    """Without the fields that are odd. Raises RowRefused when it cannot be without them."""
    try:
        return CardItem.model_validate(item)
    except ValidationError as wrong:
        odd = {str(e["loc"][0]) for e in wrong.errors(include_input=False, include_url=False)}
    for field in _NEEDED:
        if field in odd:
            raise RowRefused(Why.EMPTY if not item.get(field) else Why.UNREADABLE, field)
    for field in sorted(odd):
        lenient.leave_out(field, item[field])
    try:
        return CardItem.model_validate({k: v for k, v in item.items() if k not in odd})
    except ValidationError as wrong:
        raise RowRefused(Why.UNREADABLE) from wrong
