"""What a brand's system does to a card: what stands on it, whether it is good, its number."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field

from backend.access.rights import Right
from backend.cards.steer.block_card import block_card, unblock_card
from backend.cards.steer.change_card import CardChange, change_card
from backend.cards.steer.held_card import held_card
from backend.cards.steer.replace_card import Number, replace_card
from backend.platform.context import Context
from backend.web.api.asked import Asked
from backend.web.api.operation import Answer, Operation
from backend.web.api.queries import Query
from backend.web.api.trouble import Problem, Trouble, Wrong
from backend.web.api.v1.cards.cards import DOOR, EXAMPLE, CardShown, card_with_id, seen
from backend.web.api.v1.shared import row_id
from catalog.entries.mistakes import pointer
from catalog.entries.number import NumberEntry
from catalog.entries.values.amount import Amount
from catalog.entries.values.around import Around
from catalog.entries.values.entry import Entry
from catalog.entries.values.lists import Listed
from catalog.entries.values.suggest import one_of
from catalog.entries.values.texts import Text
from catalog.looks.card_fields import MOST_FIELDS, ValueRefused, card_fields_of, kept_value
from catalog.tenant import Scope
from models.card import Card
from models.program import Program
from models.refusal import Code

_TIER = Text(64)
_KEPT = ("balance", "tier")
_MOST = len(_KEPT) + MOST_FIELDS
_CLEAR = Listed(_MOST, "has {} names", f"at most {_MOST}", again="{} stands twice")


class CardChanged(Entry):
    """What is left out stays as it is."""

    balance: Annotated[Decimal, Amount()] | None = Field(
        default=None, description="A decimal text.", examples=["120.00"]
    )
    tier: Annotated[str, _TIER] | None = Field(
        default=None, description="As the program calls it.", examples=["gold"]
    )
    fields: Mapping[str, str] = Field(
        default_factory=dict,
        description="Of the program's `card_fields`, by their keys: text as it is, a number or an "
        "amount as a decimal text, a day as 2026-12-31.",
        examples=[{"visits": "12"}],
    )
    clear: Annotated[tuple[Annotated[str, Text(24)], ...], _CLEAR] = Field(
        default=(),
        description="What is to be taken away: balance, tier, keys of fields.",
        examples=[["tier"]],
    )


class CardReplaced(Entry):
    """By which number; one of the pool, if it is left out."""

    number: NumberEntry | None = Field(
        default=None,
        description="A number of your own: free in the pool, or not known to it yet.",
        examples=[{"printed_number": "4600 0000 0003 9"}],
    )


async def around(asked: Asked) -> Around:
    row = await card_with_id(asked)
    return Around(ZoneInfo("UTC"), barcode_format=_program(row).barcode_format)


def _program(row: Card) -> Program:
    assert row.program is not None
    return row.program


async def stands(asked: Asked) -> Mapping[str, Any]:
    await held_card(asked.scope, row_id(asked.path["card"]))
    return await seen(asked)


async def change(asked: Asked) -> Answer:
    body, row = asked.entered(CardChanged), await card_with_id(asked)
    named = frozenset({*body.model_fields_set, *body.clear} & set(_KEPT))
    fields = _checked(_program(row), body)
    told = CardChange(named, body.balance, body.tier or "", fields)
    await change_card(asked.ctx, asked.scope, row.id, told)
    return Answer(await seen(asked))


def _checked(program: Program, body: CardChanged) -> dict[str, str | None]:
    """Of each field what is to be kept, None for nothing. Raises Problem with every mistake."""
    known = {each.key: each for each in card_fields_of(program)}
    found, wrong = dict[str, str | None](), list[Wrong]()
    for key, value in body.fields.items():
        way = pointer(("fields", key))
        if key not in known:
            wrong.append(_unknown(known, key, way))
            continue
        try:
            found[key] = kept_value(known[key], value)
        except ValueRefused as mistake:
            wrong.append(Wrong(f"fields.{key} {mistake.what}", mistake.expected, pointer=way))
    for place, key in enumerate(body.clear):
        if key in known:
            found[key] = None
        elif key not in _KEPT:
            wrong.append(_unknown((*_KEPT, *known), key, pointer(("clear", place))))
    if wrong:
        raise Problem(Trouble.INPUT_INVALID, errors=tuple(wrong))
    return found


def _unknown(known: Collection[str], key: str, way: str) -> Wrong:
    expected = one_of(known, key) if known else "no fields: the program has none"
    return Wrong(f"unknown field {key[:64]!r}", expected, pointer=way)


Steer = Callable[[Context, Scope, int], Awaitable[Card]]


def _steered(does: Steer) -> Callable[[Asked], Awaitable[Answer]]:
    async def work(asked: Asked) -> Answer:
        await does(asked.ctx, asked.scope, row_id(asked.path["card"]))
        return Answer(await seen(asked))

    return work


async def replace(asked: Asked) -> Answer:
    entry = asked.entered(CardReplaced).number
    wanted = Number(entry.printed_number, entry.barcode_value) if entry is not None else None
    await replace_card(asked.ctx, asked.scope, row_id(asked.path["card"]), wanted)
    return Answer(await seen(asked))


_ONE = (Code.CARD_NOT_FOUND,)
_TAKEN = (*_ONE, Code.NUMBER_TAKEN, Code.POOL_EMPTY, Code.ISSUING_PAUSED)
OPERATIONS = (
    Operation(
        "PATCH", "/cards/{card}", DOOR, Right.CARDS_WRITE, "Change what stands on a card", change,
        CardShown, Query, body=CardChanged, example=EXAMPLE, etag=True, around=around,
        stands=stands, refusals=(*_ONE, Code.BALANCE_KEPT),
        body_example={"balance": "120.00", "tier": "gold"},
        about="What is left out stays; `clear` takes away. Balances and tiers of programs with "
        "`processor: ledger` are kept by the ledger and not written here.",
    ),
    Operation(
        "POST", "/cards/{card}/block", DOOR, Right.CARDS_WRITE, "Block a card",
        _steered(block_card), CardShown, Query, example={**EXAMPLE, "status": "blocked"},
        refusals=_ONE,
        about="Its owner is told and sees that it is blocked; nobody else may show it.",
    ),
    Operation(
        "POST", "/cards/{card}/unblock", DOOR, Right.CARDS_WRITE, "Make a card good again",
        _steered(unblock_card), CardShown, Query, example=EXAMPLE, refusals=_ONE,
        about="Its owner is told.",
    ),
    Operation(
        "POST", "/cards/{card}/replace", DOOR, Right.CARDS_WRITE, "Give a card another number",
        replace, CardShown, Query, body=CardReplaced, body_example={}, example=EXAMPLE,
        around=around, refusals=_TAKEN,
        about="Of the pool, or yours. The former number is set aside and never given again. "
        "Its owner is told the new one.",
    ),
)  # fmt: skip
