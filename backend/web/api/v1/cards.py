"""Cards of the programs, looked up by their number."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import program_of
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text
from catalog.tenant import cards_numbered
from models.card import Card
from models.refusal import Code, Refusal

DOOR = "api:v1/cards"
EXAMPLE: Mapping[str, Any] = {
    "id": 20481,
    "program": "lavka-card",
    "brand": "lavka",
    "customer": 7301,
    "number": "4600 0000 0001 5",
    "barcode": {"format": "ean13", "value": "4600000000015"},
    "origin": "issued",
    "status": "active",
    "in_wallet": True,
    "balance": "120.00",
    "balance_at": "2026-11-27T12:30:00Z",
    "tier": "gold",
    "issued_at": "2026-11-20T09:15:00Z",
}


class Barcode(BaseModel):
    """What the till scans."""

    format: str = Field(description="Such as ean13.")
    value: str = Field(description="What it carries.")


class CardShown(BaseModel):
    """A customer's membership in a program."""

    id: int = Field(description="Of the card.")
    program: str = Field(description="The key of its program.")
    brand: str | None = Field(default=None, description="The key of the brand it came by.")
    customer: int = Field(description="The id of whose it is.")
    number: str = Field(description="What people read.")
    barcode: Barcode = Field(description="What the till scans.")
    origin: str = Field(description="issued, duplicated (from plastic) or assigned.")
    status: str = Field(description="active or blocked.")
    in_wallet: bool = Field(description="Whether its owner has kept it.")
    balance: str | None = Field(default=None, description="A decimal text.")
    balance_at: str | None = Field(default=None, description="As of when.")
    tier: str | None = Field(default=None, description="As the program calls it.")
    fields: dict[str, str] | None = Field(
        default=None, description="Of the program's `card_fields`, by their keys."
    )
    issued_at: str = Field(description="When it was made.")
    removed_at: str | None = Field(default=None, description="When its owner took it out.")


class CardsQuery(ListQuery):
    """Which cards."""

    number: Annotated[str | None, Text(512)] = Field(
        default=None,
        description="Only the one with this number, as it is read or as it is scanned.",
        examples=["4600 0000 0001 5"],
    )
    program: Annotated[str | None, Text(64)] = Field(
        default=None, description="Only of this program.", examples=["lavka-card"]
    )
    customer: Annotated[int | None, Whole(1, 10**12 - 1)] = Field(
        default=None, description="Only this customer's.", examples=[7301]
    )


def card_shown(row: Card) -> dict[str, Any]:
    """The row comes with its program and its brand."""
    assert row.program is not None
    return without_nothing(
        {
            "id": row.id,
            "program": row.program.key,
            "brand": row.brand.key if row.brand is not None else None,
            "customer": row.customer_id,
            "number": row.printed_number,
            "barcode": {"format": row.barcode_format.value, "value": row.barcode_value},
            "origin": row.origin.value,
            "status": row.status.value,
            "in_wallet": row.removed_at is None,
            "balance": None if row.balance is None else f"{row.balance:.2f}",
            "balance_at": instant(row.balance_at),
            "tier": row.tier,
            "fields": row.own_fields or None,
            "issued_at": instant(row.created_at),
            "removed_at": instant(row.removed_at),
        }
    )


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Card]) -> list[Shown]:
        return [card_shown(row) for row in rows]

    query, found = asked.asks(CardsQuery), asked.scope.cards()
    if query.number is not None:
        found = cards_numbered(asked.scope, query.number)
    if query.program is not None:
        found = found.filter(program_id=(await program_of(asked.scope, query.program)).id)
    if query.customer is not None:
        found = found.filter(customer_id=query.customer)
    return await page(asked, found.select_related("program", "brand"), show)


async def card_with_id(asked: Asked) -> Card:
    """With its program and its brand. Refuses with card_not_found."""
    found = asked.scope.cards().filter(id=row_id(asked.path["card"]))
    row = await found.select_related("program", "brand").first()
    if row is None:
        raise Refusal(Code.CARD_NOT_FOUND)
    return row


async def one(asked: Asked) -> Answer:
    return Answer(card_shown(await card_with_id(asked)))


OPERATIONS = (
    Operation(
        "GET", "/cards", DOOR, Right.CARDS_READ, "Look up cards", every, CardShown, CardsQuery,
        example=EXAMPLE, paged=True, refusals=(Code.PROGRAM_NOT_FOUND,),
        about="By number, as people read it or as the till scans it; with or without spaces.",
    ),
    Operation(
        "GET", "/cards/{card}", DOOR, Right.CARDS_READ, "Read a card", one, CardShown, Query,
        example=EXAMPLE, etag=True, refusals=(Code.CARD_NOT_FOUND,),
    ),
)  # fmt: skip
