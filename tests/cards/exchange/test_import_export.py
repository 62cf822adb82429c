"""Анна moves in with 250 cards of another wallet, and could move out again any day."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.cards.exchange.export_cards import ExportFormat, exchange_cards, export_cards
from backend.cards.exchange.import_cards import import_cards
from backend.cards.pocket import quota
from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.wallet import remove_card
from backend.exchange.catima_zip import write_catima_zip
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard, Imported, Why
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.refusal import Code, Refusal
from models.wallet_entry import CardPhoto, WalletEntry
from tests.reading.hostile_files import card, saved
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.machine.processes import start_karman
from tests.support.pictures import catima

COFFEE = ExchangeCard(
    name="Зернопар",
    number="1234 5678",
    barcode_value="12345678",
    barcode_format=BarcodeFormat.CODE128,
    symbology="CODE_128",
    note="подарочная\n\nот мамы",
    expires=datetime(2027, 1, 1, tzinfo=UTC),
    color="#2196F3",
    starred=True,
    groups=("Еда", "Кофе"),
    front=saved(card(), "PNG"),
)
OLD = ExchangeCard(name="Клуб", number="OLD93", barcode_value="OLD93", symbology="CODE_93")
BARE = ExchangeCard(name="Абонемент", number="777", barcode_value="777", archived=True)


async def exported(ctx: Context, customer: Customer, wanted: ExportFormat) -> bytes:
    return b"".join([piece async for piece in export_cards(ctx, customer, wanted)])


@pytest.mark.usefixtures("database")
async def test_what_came_in_goes_out_again(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    report = await import_cards(ctx, anna, Imported("catima", [COFFEE, OLD, BARE]))
    assert (report.added, report.problems) == (3, [])
    assert await exchange_cards(ctx, anna) == [COFFEE, OLD, BARE]
    for wanted in (ExportFormat.CATIMA, ExportFormat.JSON):
        data = await exported(ctx, anna, wanted)
        assert read_export(data).cards == [COFFEE, OLD, BARE]
        if wanted is ExportFormat.CATIMA:
            assert [card["store"] for card in catima.accepted(data)] == [
                card.name for card in (COFFEE, OLD, BARE)
            ]
    table = read_export(await exported(ctx, anna, ExportFormat.CSV)).cards
    assert [(card.name, card.number) for card in table] == [
        ("Зернопар", "1234 5678"),
        ("Клуб", "OLD93"),
        ("Абонемент", "777"),
    ]


@pytest.mark.usefixtures("database")
async def test_names_notes_and_photos_are_sealed(ctx: Context) -> None:
    await import_cards(ctx, await someone(ctx, 1), Imported("catima", [COFFEE]))
    entry = await WalletEntry.get()
    sealed = (entry.own or b"") + (await CardPhoto.get()).sealed
    for secret in ("Зернопар".encode(), "от мамы".encode(), b"\x89PNG"):
        assert secret not in sealed


@pytest.mark.usefixtures("database")
async def test_250_cards_with_progress_and_again(ctx: Context) -> None:
    """The second import of the same file adds nothing: it may have died halfway before."""
    anna = await someone(ctx, 1)
    cards = [
        ExchangeCard(f"Магазин {n}", f"{n:08d}", f"{n:08d}", BarcodeFormat.CODE128)
        for n in range(250)
    ]
    heard: list[tuple[int, int]] = []

    async def hear(done: int, total: int) -> None:
        heard.append((done, total))

    first = await import_cards(ctx, anna, Imported("csv", cards[:120]), hear)
    assert heard[-1] == (100, 120)
    again = await import_cards(ctx, anna, Imported("csv", cards), hear)
    assert (first.added, again.added, len(again.standing)) == (120, 130, 120)
    assert await Card.filter(origin=CardOrigin.EXTERNAL).count() == 250


@pytest.mark.usefixtures("database")
async def test_a_removed_card_comes_back_with_the_next_import(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    await import_cards(ctx, anna, Imported("catima", [BARE]))
    await remove_card(ctx, anna, (await Card.get()).id)
    assert await exchange_cards(ctx, anna) == []
    await import_cards(ctx, anna, Imported("catima", [BARE]))
    assert [card.number for card in await exchange_cards(ctx, anna)] == ["777"]


@pytest.mark.usefixtures("database")
async def test_issued_cards_go_along_under_their_brand(ctx: Context) -> None:
    boris = await someone(ctx, 1)
    offer = await make_offer(await make_program(await make_account(), numbers=1))
    card = (await issued(ctx, boris, [offer]))[0].card
    assert card is not None
    (out,) = await exchange_cards(ctx, boris)
    assert (out.name, out.number) == ("Бренд romashka", card.printed_number)
    assert out.barcode_format is BarcodeFormat.CODE128


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_the_command_line_does_the_same(database_url: str, tmp_path: Path) -> None:
    """`karman cards import FILE --as PERSON`, then `export`: the same cards."""
    source, target = tmp_path / "in.zip", tmp_path / "out.zip"
    source.write_bytes(write_catima_zip([COFFEE, OLD, BARE], "секрет"))
    environment = {
        **os.environ,
        "KARMAN_DATABASE_URL": database_url,
        "KARMAN_DATA_DIR": str(tmp_path),
    }

    async def karman(*words: str) -> tuple[int, str]:
        process = await start_karman(*words, environment=environment)
        out, err = await process.communicate()
        return process.returncode or 0, (out + err).decode()

    stranger = await karman("cards", "import", str(source), "--as", "42", "--password", "секрет")
    assert stranger[0] == 1
    assert "nobody with the Telegram id 42" in stranger[1]
    needs = await karman("cards", "import", str(source), "--as", "42")
    assert "protected by a password" in needs[1]
    await _someone_else(database_url, tmp_path)
    code, said = await karman("cards", "import", str(source), "--as", "42", "--password", "секрет")
    assert (code, "3 added" in said) == (0, True), said
    code, said = await karman(
        *("cards", "export", "--of", "42", "--format", "catima", "-o", str(target))
    )
    assert code == 0, said
    coffee, *others = read_export(target.read_bytes()).cards
    assert [replace(coffee, front=None), *others] == [replace(COFFEE, front=None), OLD, BARE]
    assert (coffee.front or b"")[:3] == b"\xff\xd8\xff"  # drawn anew on the way in


async def _someone_else(url: str, folder: Path) -> None:
    """Person 42 has started the bot, under the keys of the command line."""
    from backend.cli.opened import opened
    from backend.platform.settings import load_settings

    async with opened(load_settings(database_url=url, data_dir=folder)) as ctx:
        await someone(ctx, 42)


@pytest.mark.usefixtures("database")
async def test_an_import_stops_where_the_room_ends_and_says_so(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await someone(ctx, 1)
    photo = saved(card(), "JPEG")
    monkeypatch.setattr(quota, "MOST_CARDS", 3)
    monkeypatch.setattr(quota, "MOST_PICTURES", 2 * len(photo))
    monkeypatch.setattr("backend.cards.exchange.import_cards.MOST_PICTURES", 2 * len(photo))
    cards = [
        ExchangeCard("A", "1", "1", front=photo, back=photo),
        ExchangeCard("B", "2", "2", front=photo),
        ExchangeCard("C", "3", "3"),
        ExchangeCard("D", "4", "4"),
    ]
    report = await import_cards(ctx, anna, Imported("catima", cards))
    assert (report.added, [problem.why for problem in report.problems]) == (3, [Why.NO_ROOM])
    assert [(note.why, note.field) for note in report.notes] == [(Why.NO_ROOM_PICTURE, "front")]
    assert await CardPhoto.all().count() == 2
    again = await import_cards(ctx, anna, Imported("catima", cards[:1]))
    assert (again.standing, again.problems) == (["A"], [])
    with pytest.raises(Refusal) as refused:
        await add_external(ctx, anna, cards[3])
    assert refused.value.code is Code.NO_ROOM_FOR_CARDS
    assert not (await add_external(ctx, anna, cards[0]))[1]
