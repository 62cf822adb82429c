"""A program whose points the ledger keeps, and people with cards of it."""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import pytest

from backend.ledger.card import cards_by_id
from backend.ledger.order import LedgerCard
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.program import ProcessorKind, Program
from tests.support.factory.brands import make_account, make_program
from tests.support.factory.customers import someone

GiveCard = Callable[..., Awaitable[LedgerCard]]
_numbers = count(1)


async def ledger_program(key: str = "romashka", rules: dict[str, Any] | None = None) -> Program:
    return await make_program(
        await make_account(key), f"{key}-club", processor=ProcessorKind.LEDGER, ledger=rules
    )


async def card_of(ctx: Context, program: Program, customer: Customer | None = None) -> LedgerCard:
    owner = customer or await someone(ctx)
    number = f"77{next(_numbers):06d}"
    card = await Card.create(
        customer=owner, program=program, printed_number=number, barcode_value=number,
        barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED, created_at=ctx.clock(),
    )  # fmt: skip
    return (await cards_by_id([card.id]))[card.id]


@pytest.fixture
def give_card(database: str, ctx: Context) -> GiveCard:
    """Somebody's card of a program with these rules."""

    async def give(**rules: Any) -> LedgerCard:
        return await card_of(ctx, await ledger_program(rules=rules))

    return give
