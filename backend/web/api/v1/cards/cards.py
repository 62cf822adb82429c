"""Cards of the programs, looked up by their number."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.brands.keys import program_of
from backend.cards.steer.next_cards import next_cards
from backend.cards.steer.told_card import ToldCard, told_card, told_cards
from backend.wallets.google.read_barcode import cards_scanned
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.v1.found_by import PeopleQuery, assigned_to, reached_by
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.values.scalars import Whole
from catalog.entries.values.texts import Text
from models.card import Card
from models.refusal import Code, Refusal

DOOR = "api:v1/cards"
EXAMPLE: Mapping[str, Any] = {
    "id": 20481,
    "program": "lavka-card",
    "brand": "lavka",
    "customer": 7301,
    "own_id": "crm-4711",
    "number": "4600 0000 0001 5",
    "barcode": {"format": "ean13", "value": "4600000000015"},
    "origin": "issued",
    "status": "active",
    "in_wallet": True,
    "installed": [{"place": "telegram", "since": "2026-11-20T09:15:00Z"}],
    "balance": "120.00",
    "balance_at": "2026-11-27T12:30:00Z",
    "tier": "gold",
    "issued_at": "2026-11-20T09:15:00Z",
}


class Barcode(BaseModel):
    """What the till scans."""

    format: str = Field(description="Such as ean13.")
    value: str = Field(description="What it carries.")


class Place(BaseModel):
    """Where the card is to be shown."""

    place: str = Field(description="telegram; apple and google are the wallets of phones.")
    since: str = Field(description="Since when.")


class CardShown(BaseModel):
    """A customer's membership in a program."""

    id: int = Field(description="Of the card.")
    program: str = Field(description="The key of its program.")
    brand: str | None = Field(default=None, description="The key of the brand it came by.")
    customer: int = Field(description="The id of whose it is.")
    own_id: str | None = Field(
        default=None, description="Your own id of the customer, of a card that you have assigned."
    )
    number: str = Field(description="What people read.")
    barcode: Barcode = Field(description="What the till scans.")
    origin: str = Field(description="issued, duplicated (from plastic) or assigned.")
    status: str = Field(description="active or blocked.")
    in_wallet: bool = Field(description="Whether its owner has kept it.")
    installed: list[Place] = Field(description="Where its owner carries it, and since when.")
    balance: str | None = Field(default=None, description="A decimal text.")
    balance_at: str | None = Field(default=None, description="As of when.")
    tier: str | None = Field(default=None, description="As the program calls it.")
    fields: dict[str, str] | None = Field(
        default=None, description="Of the program's `card_fields`, by their keys."
    )
    issued_at: str = Field(description="When it was made.")
    removed_at: str | None = Field(default=None, description="When its owner took it out.")


class CardsQuery(PeopleQuery):
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


def card_shown(told: ToldCard) -> dict[str, Any]:
    return without_nothing(
        {
            "id": told.id,
            "program": told.program,
            "brand": told.brand,
            "customer": told.customer_id,
            "own_id": told.own_id,
            "number": told.printed_number,
            "barcode": {"format": told.barcode_format, "value": told.barcode_value},
            "origin": told.origin,
            "status": told.status,
            "in_wallet": told.removed_at is None,
            "installed": _installed(told),
            "balance": None if told.balance is None else f"{told.balance:.2f}",
            "balance_at": instant(told.balance_at),
            "tier": told.tier,
            "fields": told.own_fields or None,
            "issued_at": instant(told.created_at),
            "removed_at": instant(told.removed_at),
        }
    )


def _installed(told: ToldCard) -> list[dict[str, Any]]:
    if told.removed_at is not None:
        return []
    places = [("telegram", told.created_at), *((kind.value, at) for kind, at in told.phones)]
    return [{"place": place, "since": instant(at)} for place, at in places]


async def every(asked: Asked) -> Answer:
    """Whatever goes away on the way is not shown, and the list goes on behind it."""
    limit = asked.asks(CardsQuery).limit
    ids = await _ids(asked, limit + 1)
    found = await told_cards(asked.ctx, asked.scope, ids[:limit])
    shown = {"items": [card_shown(each) for each in found]}
    return Answer(shown | ({"next": ids[limit - 1]} if len(ids) > limit else {}))


async def _ids(asked: Asked, count: int) -> list[int]:
    """The first so many behind the cursor."""
    query, after, numbered = asked.asks(CardsQuery), asked.after or 0, None
    if query.number is not None:
        numbered = await cards_scanned(asked.ctx, asked.scope, query.number)
    program = None if query.program is None else await program_of(asked.scope, query.program)
    of, people = None if program is None else program.id, await _people(asked)
    if not people and numbered is None:
        return await next_cards(asked.scope, after, count, program_id=of)
    if not people and numbered is not None and of is None:
        return [one for one in numbered if one > after][:count]
    found = asked.scope.cards().filter(id__gt=after, **people)
    if of is not None:
        found = found.filter(program_id=of)
    if numbered is not None:
        found = found.filter(id__in=numbered or [0])
    ids = await found.order_by("id").limit(count).values_list("id", flat=True)
    return [int(str(one)) for one in ids]


async def _people(asked: Asked) -> dict[str, Any]:
    """Whose cards, as conditions; none, when everybody's."""
    wanted = {
        "customer_id": asked.asks(CardsQuery).customer,
        "id__in": await assigned_to(asked, "card_id"),
        "customer_id__in": await reached_by(asked),
    }
    return {name: each or [0] for name, each in wanted.items() if each is not None}


async def card_with_id(asked: Asked) -> Card:
    """With its program and its brand. Refuses with card_not_found."""
    found = asked.scope.cards().filter(id=row_id(asked.path["card"]))
    row = await found.select_related("program", "brand").first()
    if row is None:
        raise Refusal(Code.CARD_NOT_FOUND)
    return row


async def seen(asked: Asked) -> dict[str, Any]:
    """The card of the address, as it is shown. Refuses with card_not_found."""
    return card_shown(await told_card(asked.ctx, asked.scope, row_id(asked.path["card"])))


async def one(asked: Asked) -> Answer:
    return Answer(await seen(asked))


OPERATIONS = (
    Operation(
        "GET", "/cards", DOOR, Right.CARDS_READ, "Look up cards", every, CardShown, CardsQuery,
        example=EXAMPLE, paged=True, refusals=(Code.PROGRAM_NOT_FOUND,),
        about="By number, as people read it or as the till scans it, with or without spaces: a "
        "barcode that changes by time counts for a minute, and is looked up as it was scanned; by "
        "your own id of the customer; by a phone or an e-mail of theirs, for which the key needs "
        "`customers:read` too.",
    ),
    Operation(
        "GET", "/cards/{card}", DOOR, Right.CARDS_READ, "Read a card", one, CardShown, Query,
        example=EXAMPLE, etag=True, refusals=(Code.CARD_NOT_FOUND,),
    ),
)  # fmt: skip
