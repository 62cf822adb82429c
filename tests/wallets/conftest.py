"""Anna's and others' cards of «Ромашка», and passes of them in phones."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from backend.customers.person.profile import seal_profile
from backend.platform.context import Context
from backend.wallets.give_pass import give_pass
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.customer import Customer
from models.program import Program
from models.wallet_pass import WalletKind, WalletPass
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone

APPLE, GOOGLE = WalletKind.APPLE, WalletKind.GOOGLE
ISSUER = "pass.example.romashka"
GiveCard = Callable[..., Awaitable[Card]]
_numbers = count(1)


async def card_for(ctx: Context, program: Program, brand: Brand, **more: Any) -> Card:
    """`name`: of its owner."""
    owner = await someone(ctx)
    named = {"given_name": more.pop("name", "Анна"), "surname": "Ёлкина"}
    await Customer.filter(id=owner.id).update(profile=seal_profile(ctx, owner, named))
    number = f"46{next(_numbers):08d}"
    values: dict[str, Any] = {"balance": Decimal("120.00"), "tier": "Gold"}
    return await Card.create(
        customer_id=owner.id,
        program_id=program.id,
        brand_id=brand.id,
        printed_number=number,
        barcode_value=number,
        barcode_format=BarcodeFormat.CODE128,
        origin=CardOrigin.ISSUED,
        created_at=ctx.clock(),
        **{**values, **more},
    )


@pytest.fixture
def give_card(database: str, ctx: Context) -> GiveCard:
    """Of one shop, made with the first of them."""

    async def give(**more: Any) -> Card:
        there = await Program.get_or_none(key="romashka-club")
        if there is None:
            _, there, _ = await shop()
        return await card_for(ctx, there, await Brand.get(program_id=there.id), **more)

    return give


async def apple(ctx: Context, card: Card) -> WalletPass:
    return await give_pass(ctx, card, APPLE, ISSUER)
