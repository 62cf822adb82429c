"""Karman's own JSON export: everything a card has. Its schema is docs/cards.schema.json, made
from these models (a test holds the two together)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import orjson
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError

from backend.passes.exchange.bounds import OutOfBounds
from backend.passes.exchange.shapes import ExchangeCard, FileRefused, Imported, RowProblem
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
        try:
            card = CardItem.model_validate(item)
            found.cards.append(ExchangeCard(**{n: getattr(card, n) for n in CardItem.model_fields}))
        except ValidationError as wrong:
            first = wrong.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            found.problems.append(RowProblem(number, f"{place}: {first['msg']}"))
        except OutOfBounds as wrong:
            found.problems.append(RowProblem(number, str(wrong)))
    return found
