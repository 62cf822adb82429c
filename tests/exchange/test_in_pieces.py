"""Anna has many photos of cards: what she takes along is never whole in the bot's memory."""

import io
import tracemalloc
import zipfile
from collections.abc import AsyncIterator, Callable
from random import Random

import orjson
import pytest

from backend.cards.exchange.export_cards import ExportFormat, export_cards
from backend.cards.pocket.add_external import add_external
from backend.customers.my_data.export_data import data_as_json
from backend.customers.my_data.export_page import data_as_page
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from models.customer import Customer
from tests.support.factory.customers import someone

CARDS = 40
PICTURE = 290_000
Way = Callable[[Context, Customer], AsyncIterator[bytes]]
WAYS: dict[str, Way] = {
    "zip": lambda ctx, anna: export_cards(ctx, anna, ExportFormat.CATIMA),
    "locked zip": lambda ctx, anna: export_cards(ctx, anna, ExportFormat.CATIMA, "сезам"),
    "json": lambda ctx, anna: export_cards(ctx, anna, ExportFormat.JSON),
    "my data": data_as_json,
    "my page": data_as_page,
}


async def with_photos(ctx: Context) -> Customer:
    anna = await someone(ctx, 1)
    for number in range(CARDS):
        photo = b"\xff\xd8\xff" + Random(number).randbytes(PICTURE)
        await add_external(
            ctx, anna, ExchangeCard(f"Клуб {number}", f"{number}", f"{number}", front=photo)
        )
    return anna


@pytest.mark.usefixtures("database")
async def test_no_piece_holds_more_than_one_card(ctx: Context) -> None:
    anna = await with_photos(ctx)
    for name, way in WAYS.items():
        sizes = [len(piece) async for piece in way(ctx, anna)]  # imports and caches come now
        tracemalloc.start()
        async for _ in way(ctx, anna):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sum(sizes) > CARDS * PICTURE, name
        assert max(sizes) < 2 * PICTURE, name
        assert peak < sum(sizes) / 2, (name, peak)


@pytest.mark.usefixtures("database")
async def test_the_pieces_are_whole_files(ctx: Context) -> None:
    anna = await with_photos(ctx)
    made = {name: b"".join([piece async for piece in way(ctx, anna)]) for name, way in WAYS.items()}
    with zipfile.ZipFile(io.BytesIO(made["zip"])) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == CARDS + 1
    for data, password in (
        (made["zip"], None),
        (made["locked zip"], "сезам"),
        (made["json"], None),
    ):
        assert [len(card.front or b"") for card in read_export(data, password).cards] == [
            PICTURE + 3
        ] * CARDS
    assert len(orjson.loads(made["my data"])["card_photos"]) == CARDS
    assert made["my page"].count(b"<img") == CARDS
    assert made["my page"].endswith(b"</html>\n")


@pytest.mark.usefixtures("database")
async def test_whoever_has_nothing_gets_whole_files_too(ctx: Context) -> None:
    boris = await someone(ctx, 2)
    made = {
        name: b"".join([piece async for piece in way(ctx, boris)]) for name, way in WAYS.items()
    }
    assert orjson.loads(made["my data"])["card_photos"] == []
    for data, password in (
        (made["zip"], None),
        (made["locked zip"], "сезам"),
        (made["json"], None),
    ):
        assert read_export(data, password).cards == []
