"""A day is a day of its owner's calendar, on the way in and on the way out."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from backend.cards.exchange.export_cards import ExportFormat, exchange_cards, export_cards
from backend.cards.exchange.import_cards import import_cards
from backend.cards.pocket.expiry import noon_of, zone_of
from backend.cards.pocket.organise import expire_card
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard, Imported
from backend.platform.context import Context
from models.card import Card
from models.city import City
from models.customer import Customer
from tests.support.factory.customers import someone

ZONES = ["Asia/Vladivostok", "America/New_York"]


async def living_in(ctx: Context, zone: str) -> Customer:
    anna = await someone(ctx, 1)
    city = await City.create(
        key="here", name_ru="Здесь", name_en="Here", lat=0, lon=0, population=1, timezone=zone
    )
    await Customer.filter(id=anna.id).update(city_id=city.id)
    return await Customer.get(id=anna.id)


async def table(ctx: Context, owner: Customer) -> list[dict[str, str]]:
    pieces = [piece async for piece in export_cards(ctx, owner, ExportFormat.CSV)]
    text = b"".join(pieces).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("zone", ZONES)
async def test_a_typed_last_day_goes_out_and_comes_in_as_that_day(ctx: Context, zone: str) -> None:
    anna = await living_in(ctx, zone)
    await import_cards(ctx, anna, Imported("csv", [ExchangeCard("Кафе", "1", "1")]))
    card = await Card.get()
    for day in (date(2027, 12, 31), date(2028, 3, 1)):
        await expire_card(ctx, anna, card.id, noon_of(day, await zone_of(anna)))
        (row,) = await table(ctx, anna)
        assert row["expires"] == day.isoformat()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("zone", ZONES)
async def test_a_day_out_of_a_table_is_that_day(ctx: Context, zone: str) -> None:
    anna = await living_in(ctx, zone)
    text = "название;номер;действует с;действует до\nКафе;1;01.03.2026;31.12.2027\n"
    await import_cards(ctx, anna, read_export(text.encode()))
    (card,) = await exchange_cards(ctx, anna)
    assert card.expires == noon_of(date(2027, 12, 31), await zone_of(anna)).astimezone(UTC)
    (row,) = await table(ctx, anna)
    assert (row["valid_from"], row["expires"]) == ("2026-03-01", "2027-12-31")


@pytest.mark.usefixtures("database")
async def test_a_moment_with_its_offset_stays_that_moment(ctx: Context) -> None:
    """Catima writes the midnight of its phone, a pass says its own offset."""
    anna = await living_in(ctx, "Asia/Vladivostok")
    moment = datetime(2027, 12, 31, 20, 59, tzinfo=UTC)
    await import_cards(ctx, anna, Imported("x", [ExchangeCard("Кафе", "1", "1", expires=moment)]))
    (card,) = await exchange_cards(ctx, anna)
    assert card.expires == moment
