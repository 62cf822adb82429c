"""What is known of «Ромашка»'s people, for its variables."""

from datetime import timedelta
from decimal import Decimal

import pytest

from backend.customers.person.profile import seal_profile
from backend.platform.context import Context
from backend.templates.values_of import storable, values_of
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.customer import Customer
from models.sale import Sale
from tests.support.database.counting import statements
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone

ALL = ("name", "balance", "points", "tier", "number", "store", "visits", "nobody_has_it")


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def carrier(ctx: Context, brand: Brand, name: str, number: str) -> tuple[Customer, Card]:
    customer = await someone(ctx)
    customer.profile = seal_profile(ctx, customer, {"given_name": name})
    await customer.save()
    card = await Card.create(
        customer=customer, program_id=brand.program_id, brand=brand, printed_number=number,
        barcode_value=number, barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED,
        balance=Decimal("1250.50"), tier="Gold", own_fields={"visits": "7"},
        created_at=ctx.clock(),
    )  # fmt: skip
    return customer, card


async def test_everything_that_is_known_in_one_statement(ctx: Context) -> None:
    account, _, brand = await shop()
    anna, card = await carrier(ctx, brand, "Анна", "0017")
    bare = await someone(ctx)
    gone, _ = await carrier(ctx, brand, "Вера", "0018")
    left, removed = await carrier(ctx, brand, "Олег", "0019")
    await Customer.filter(id=gone.id).update(deleted_at=ctx.clock())
    await Card.filter(id=removed.id).update(removed_at=ctx.clock())
    for days, store in ((3, "Ленина, 1"), (1, ""), (2, "Мира, 2")):
        await Sale.create(
            account=account, customer=anna, card=card, source="receipts", external_id=str(days),
            at=ctx.clock() - timedelta(days=days), amount=1, store=store, told_at=ctx.clock(),
        )  # fmt: skip
    people = [anna.id, bare.id, gone.id, left.id, 10**9]
    async with statements() as asked:
        found = await values_of(ctx, brand.id, people, ALL)
    assert len(asked) == 1
    assert found == {
        anna.id: {
            "name": "Анна", "balance": "1250.50", "points": "1250", "tier": "Gold",
            "number": "0017", "store": "Мира, 2", "visits": "7",
        },
        bare.id: {}, gone.id: {}, left.id: {"name": "Олег"}, 10**9: {},
    }  # fmt: skip
    assert "name" not in storable(found[anna.id])
    assert storable(found[anna.id])["number"] == "0017"


async def test_profiles_are_opened_for_names_alone(ctx: Context) -> None:
    _, _, brand = await shop()
    anna, card = await carrier(ctx, brand, "Анна", "0017")
    await Card.filter(id=card.id).update(balance=None, tier="", own_fields={})
    await Customer.filter(id=anna.id).update(profile=b"changed by somebody")
    async with statements() as asked:
        found = await values_of(ctx, brand.id, [anna.id], {"points", "tier", "visits"})
        assert found == {anna.id: {}}
    assert "profile" not in asked[0]
    assert await values_of(ctx, brand.id, [anna.id], {"name"}) == {anna.id: {}}
    async with statements() as asked:
        assert await values_of(ctx, brand.id, [anna.id], ()) == {anna.id: {}}
        assert await values_of(ctx, brand.id, [], {"name"}) == {}
    assert asked == []
