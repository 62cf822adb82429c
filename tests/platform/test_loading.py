"""Objects out of hand-written statements are those that the ORM gives."""

from datetime import datetime, timedelta, timezone

import pytest
from tortoise import Model

from backend.platform.context import Context
from backend.platform.database import columns, loaded, part, rows
from models.account import Account
from models.brand import Brand
from models.card import Card
from models.customer import Customer
from models.offer import Offer
from models.program import Program
from tests.support.factory.brands import add_numbers, make_offer, shop
from tests.support.factory.cards import issued_card

MODELS = (Account, Program, Brand, Offer, Card, Customer)


@pytest.fixture
async def shelves(database: str, ctx: Context) -> None:
    _, program, _ = await shop()
    await add_numbers(program, 1)
    await make_offer(program, key="another", starts_at=ctx.clock(), ends_at=None)
    await issued_card(ctx, 1)


@pytest.mark.parametrize("model", MODELS)
async def test_every_value_is_what_the_orm_gives(shelves: None, model: type[Model]) -> None:
    asked = await model.all().order_by("id")
    assert asked
    table = model._meta.db_table
    whole = [loaded(model, row) for row in await rows(f"SELECT * FROM {table} ORDER BY id")]
    statement = f"SELECT {columns(model, 'x')} FROM {table} x ORDER BY x.id"
    joined = [part(model, "x", row) for row in await rows(statement)]
    for orm, one, other in zip(asked, whole, joined, strict=True):
        assert other is not None
        for name in model._meta.db_fields:
            kept = getattr(orm, name)
            assert (getattr(one, name), getattr(other, name)) == (kept, kept)
            assert type(getattr(one, name)) is type(kept)


async def test_it_is_saved_as_one_that_was_read(shelves: None) -> None:
    (row,) = await rows("SELECT * FROM brands ORDER BY id LIMIT 1")
    brand = loaded(Brand, row)
    brand.name_ru = "Лавка"
    await brand.save(update_fields=["name_ru"])
    assert (await Brand.get(id=brand.id)).name_ru == "Лавка"
    assert brand == await Brand.get(id=brand.id)


async def test_a_time_of_another_zone_is_the_same_moment(shelves: None) -> None:
    offer = await Offer.all().order_by("id").first()
    assert offer is not None
    there = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=3)))
    offer.ends_at = there
    await offer.save(update_fields=["ends_at"])
    (row,) = await rows("SELECT * FROM offers WHERE id = $1", [offer.id])
    assert loaded(Offer, row).ends_at == there


async def test_a_column_that_is_missing_is_a_mistake(shelves: None) -> None:
    (row,) = await rows("SELECT id, key FROM brands LIMIT 1")
    with pytest.raises(KeyError):
        loaded(Brand, row)
