"""A customer with cards in their pocket."""

from collections.abc import Awaitable, Callable

import pytest

from backend.cards.pocket.add_external import add_external
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card
from models.customer import Customer

CarryCard = Callable[[Customer, str, str], Awaitable[Card]]


@pytest.fixture
def carry(database: str, ctx: Context) -> CarryCard:
    """A card of a brand that is no partner."""

    async def make(customer: Customer, name: str, number: str) -> Card:
        given = ExchangeCard(
            name=name,
            number=number,
            barcode_value=number,
            barcode_format=BarcodeFormat.CODE128,
            symbology="CODE_128",
        )
        return (await add_external(ctx, customer, given))[0]

    return make
