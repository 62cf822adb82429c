"""A phone number is the card number of many shops: the name tells cards apart."""

from dataclasses import replace

import pytest

from backend.cards.exchange.export_cards import exchange_cards
from backend.cards.exchange.import_cards import import_cards
from backend.cards.plastic.seen_card import SeenCard, keep_finding
from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.add_seen import add_seen
from backend.cards.pocket.change_external import as_it_is, change_own, drawn_as, open_own
from backend.cards.pocket.wallet import open_wallet_card, remove_card
from backend.customers.my_data.give_cards_back import give_cards_back
from backend.customers.my_data.held_dealings import cards as held_cards
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard, Imported, RowProblem, Why
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card
from models.customer import Customer
from models.wallet_entry import WalletEntry
from tests.support.factory.customers import someone

PHONE = "79161234567"
SHOPS = "Аптека,,Пятёрочка,,Лента,QR_CODE,Перекрёсток,CODE_93,Магнит,CODE_128,Другой,CODE_128"


def of_one_phone() -> Imported:
    words = SHOPS.split(",")
    rows = "".join(
        f"{n},{name},{PHONE},{kind}\n"
        for n, (name, kind) in enumerate(zip(words[::2], words[1::2], strict=True), 1)
    )
    return read_export(f"_id,store,cardid,barcodetype\n{rows}".encode())


async def make_old(card: Card | None = None) -> None:
    """As the migration finds them: nobody has compared them yet."""
    rows = Card.filter(id=card.id) if card is not None else Card.all()
    await rows.update(identity=None)


@pytest.mark.usefixtures("database")
async def test_six_shops_with_one_number_are_six_cards(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    report = await import_cards(ctx, anna, of_one_phone())
    assert (report.added, report.standing, report.problems) == (6, [], [])
    assert [card.name for card in await exchange_cards(ctx, anna)] == SHOPS.split(",")[::2]
    again = await import_cards(ctx, anna, of_one_phone())
    assert (again.added, again.standing) == (0, SHOPS.split(",")[::2])


@pytest.mark.usefixtures("database")
async def test_the_same_card_twice_in_a_file_is_told_by_its_name(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    table = "name,number\nЛента,1234\nЛЕНТА ,1234\nЛента,4321\n"
    report = await import_cards(ctx, anna, read_export(table.encode()))
    assert report.added == 2
    assert report.problems == [RowProblem(0, Why.TWICE, "", "1234", "ЛЕНТА")]


@pytest.mark.usefixtures("database")
async def test_rows_from_before_the_upgrade_are_found_again(ctx: Context) -> None:
    """They have no identity until their owner brings the next card; then all of them have."""
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    await import_cards(ctx, anna, of_one_phone())
    await import_cards(ctx, boris, of_one_phone())
    await make_old()
    again = await import_cards(ctx, anna, of_one_phone())
    assert (again.added, len(again.standing)) == (0, 6)
    assert await Card.filter(customer_id=anna.id, identity__isnull=True).count() == 0
    assert await Card.filter(customer_id=boris.id, identity__isnull=True).count() == 6


@pytest.mark.usefixtures("database")
async def test_a_removed_card_from_before_comes_back(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    given = ExchangeCard("Лента", PHONE, PHONE, BarcodeFormat.CODE128, "CODE_128")
    card, _ = await add_external(ctx, anna, given)
    await remove_card(ctx, anna, card.id)
    await make_old()
    back, new = await add_external(ctx, anna, given)
    assert (back.id, new) == (card.id, False)
    assert [one.name for one in await exchange_cards(ctx, anna)] == ["Лента"]


@pytest.mark.usefixtures("database")
async def test_a_table_from_before_gets_its_barcode_and_stays_one_card(ctx: Context) -> None:
    """A number of 13 digits used to be kept without a barcode when it came from a table."""
    anna = await someone(ctx, 1)
    number = "4600000000015"
    card = await kept_bare(ctx, anna, ExchangeCard("Кафе", number, number), "import-csv")
    shown = await open_wallet_card(ctx, anna, card.id)
    assert (shown.drawn, shown.card.barcode_format) == (True, BarcodeFormat.EAN13)
    again = await import_cards(ctx, anna, read_export(f"name,number\nКафе,{number}\n".encode()))
    assert (again.added, again.standing) == (0, ["Кафе"])
    assert (await Card.get()).barcode_format is BarcodeFormat.EAN13
    assert (await WalletEntry.get()).undrawn == ""


@pytest.mark.usefixtures("database")
async def test_a_card_kept_without_its_barcode_is_drawn_when_it_is_opened(ctx: Context) -> None:
    """Twelve digits of an EAN-13: other wallets add the last one."""
    anna = await someone(ctx, 1)
    given = ExchangeCard("Кафе", "460000000001", "460000000001", symbology="EAN_13")
    card = await kept_bare(ctx, anna, given, "import-catima")
    shown = await open_wallet_card(ctx, anna, card.id)
    assert (shown.drawn, shown.card.barcode_value) == (True, "4600000000015")
    assert shown.card.printed_number == "460000000001"
    (out,) = await exchange_cards(ctx, anna)
    assert (out.barcode_format, out.barcode_value) == (BarcodeFormat.EAN13, "4600000000015")


async def kept_bare(ctx: Context, owner: Customer, given: ExchangeCard, source: str) -> Card:
    card, _ = await add_external(ctx, owner, given, source)
    await make_old(card)
    return await Card.get(id=card.id)


@pytest.mark.usefixtures("database")
async def test_a_card_without_a_barcode_stays_without_one(ctx: Context) -> None:
    """Its owner's table says «none», or the other wallet had it so."""
    anna = await someone(ctx, 1)
    table = "name,number,barcode_format\nКафе,4600000000015,none\n"
    await import_cards(ctx, anna, read_export(table.encode()))
    shown = await open_wallet_card(ctx, anna, (await Card.get()).id)
    assert not shown.drawn


@pytest.mark.usefixtures("database")
async def test_a_photo_and_a_table_are_one_card(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    number = "4600000000015"
    key = await keep_finding(ctx, anna, SeenCard(number, number, "ean13"))
    await add_seen(ctx, anna, key, "Пятёрочка")
    report = await import_cards(
        ctx, anna, read_export(f"name,number\nПятёрочка,{number}\n".encode())
    )
    assert (report.added, report.standing) == (0, ["Пятёрочка"])


@pytest.mark.usefixtures("database")
async def test_what_a_photo_shows_and_no_scanner_would_read_is_kept_by_its_number(
    ctx: Context,
) -> None:
    anna = await someone(ctx, 1)
    key = await keep_finding(ctx, anna, SeenCard("1", "1\x1d2", "code128"))
    card = await add_seen(ctx, anna, key, "Клуб")
    assert not (await open_wallet_card(ctx, anna, card.id)).drawn
    # Such a card of an earlier version says that it is drawn, and could not be opened.
    await WalletEntry.all().update(undrawn="")
    await Card.all().update(barcode_format=BarcodeFormat.CODE128)
    assert not (await open_wallet_card(ctx, anna, card.id)).drawn
    (out,) = await exchange_cards(ctx, anna)
    assert (out.barcode_format, out.symbology) == (None, "CODE_128")


@pytest.mark.usefixtures("database")
async def test_my_data_names_no_barcode_where_there_is_none(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    await import_cards(ctx, anna, Imported("catima", [ExchangeCard("Клуб", "1", "1")]))
    assert [card["barcode_format"] for card in await held_cards(ctx, anna)] == [None]


@pytest.mark.usefixtures("database")
async def test_barcodes_that_cannot_be_drawn_are_told_by_name(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    cards = [
        ExchangeCard("Клуб", "OLD93", "OLD93", symbology="CODE_93"),
        ExchangeCard("Аптека", "12", "12", symbology="EAN_13"),
        ExchangeCard("Абонемент", "777", "777", note="x" * 2_001),
    ]
    report = await import_cards(ctx, anna, Imported("catima", cards))
    assert report.added == 3
    assert report.notes == [
        RowProblem(0, Why.NO_BARCODE, "", "CODE_93", "Клуб"),
        RowProblem(0, Why.NO_BARCODE, "barcode_value", "EAN_13", "Аптека"),
        RowProblem(0, Why.SHORTENED, "note", "", "Абонемент"),
    ]


@pytest.mark.usefixtures("database")
async def test_what_was_put_right_is_told_of_cards_that_came(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    table = "name,number,color\nКафе,1,красный\n"
    first = await import_cards(ctx, anna, read_export(table.encode()))
    assert [(note.field, note.name) for note in first.notes] == [("color", "Кафе")]
    again = await import_cards(ctx, anna, read_export(table.encode()))
    assert (again.notes, again.standing) == ([], ["Кафе"])


@pytest.mark.usefixtures("database")
async def test_a_deleted_person_leaves_no_trace_of_a_shop(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    await import_cards(ctx, anna, of_one_phone())
    await give_cards_back(ctx, anna, ctx.clock())
    assert {card.identity for card in await Card.all()} == {None}


@pytest.mark.usefixtures("database")
async def test_two_old_rows_that_are_one_by_now_both_stay(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    given = ExchangeCard("Лента", PHONE, PHONE, BarcodeFormat.CODE128, "CODE_128")
    await add_external(ctx, anna, given)
    await make_old()
    await add_external(ctx, anna, replace(given, name="Магнит"))
    entries = await WalletEntry.all().order_by("id")
    await WalletEntry.filter(id=entries[1].id).update(own=entries[0].own)
    await make_old()
    _, new = await add_external(ctx, anna, given)
    assert not new
    assert len({card.identity for card in await Card.all()}) == 2


@pytest.mark.usefixtures("database")
async def test_a_card_that_was_renamed_is_no_obstacle_and_no_double(ctx: Context) -> None:
    """The file brings it no second time; a photo of the shop that it was makes a new card."""
    anna = await someone(ctx, 1)
    table = f"name,number\nЛента,{PHONE}\n"
    await import_cards(ctx, anna, read_export(table.encode()))
    card = await Card.get()
    draft = as_it_is(await open_own(ctx, anna, card.id))
    await change_own(ctx, anna, card.id, replace(draft, name="Магнит"))
    again = await import_cards(ctx, anna, read_export(table.encode()))
    assert (again.added, again.standing) == (0, ["Лента"])
    key = await keep_finding(ctx, anna, SeenCard(PHONE, PHONE, "code128"))
    first = await add_seen(ctx, anna, key, "Лента")
    second = await add_seen(ctx, anna, key, "Лента")
    assert first.id == second.id != card.id
    assert [one.name for one in await exchange_cards(ctx, anna)] == ["Магнит", "Лента"]


@pytest.mark.usefixtures("database")
async def test_no_barcode_on_purpose_stays_so_for_an_old_card_too(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    number = "4600000000015"
    card = await kept_bare(ctx, anna, ExchangeCard("Кафе", number, number), "import-csv")
    draft = as_it_is(await open_own(ctx, anna, card.id))
    assert draft.format is BarcodeFormat.EAN13
    await change_own(ctx, anna, card.id, drawn_as(draft, "none"))
    assert not (await open_wallet_card(ctx, anna, card.id)).drawn
    await import_cards(ctx, anna, read_export(f"name,number\nДругое,{number}\n".encode()))
    assert not (await open_wallet_card(ctx, anna, card.id)).drawn
