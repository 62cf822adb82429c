"""What an export says of a card, field by field, and what an import tells of each."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backend.cards.exchange import import_cards as importing
from backend.cards.exchange.export_cards import ExportFormat, exchange_cards, export_cards
from backend.cards.exchange.import_cards import PROGRESS_EVERY, import_cards
from backend.cards.pocket.owner_notes import LONGEST_NOTE, OwnerNotes, keep_photo, seal_notes
from backend.cards.pocket.quota import MEGABYTE, Quota
from backend.cards.pocket.wallet import remove_card
from backend.exchange import bounds
from backend.exchange.read import read_export
from backend.exchange.shapes import (
    LONGEST_VALUE,
    ExchangeCard,
    FileRefused,
    Imported,
    RowProblem,
    Why,
)
from backend.platform.context import Context
from backend.platform.database import transaction
from models.barcode_format import BarcodeFormat
from models.card import Card
from models.customer import Customer
from models.wallet_entry import WalletEntry
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone

pytestmark = [
    pytest.mark.parametrize("engine", ["sqlite"]),
    pytest.mark.usefixtures("database"),
]

JPEG = b"\xff\xd8\xff\xe0 a card"
FULL = ExchangeCard(
    name="Зернопар",
    number="1234 5678",
    barcode_value="12345678",
    barcode_format=BarcodeFormat.CODE128,
    symbology="CODE_128",
    encoding="UTF-8",
    note="от мамы",
    valid_from=datetime(2026, 1, 1, 9, tzinfo=UTC),
    expires=datetime(2027, 1, 1, 9, tzinfo=UTC),
    balance=Decimal("1250.50"),
    balance_type="RUB",
    color="#2196F3",
    starred=True,
    archived=True,
    last_used=datetime(2026, 11, 1, 9, tzinfo=UTC),
    groups=("Еда", "Кофе"),
    front=JPEG + b"front",
    back=JPEG + b"back",
    icon=JPEG + b"icon",
)
PLAIN = ExchangeCard("Чай", "7", "7", BarcodeFormat.CODE128, "CODE_128")


@pytest.fixture
async def anna(ctx: Context, database: str) -> Customer:
    return await someone(ctx, 1)


async def joined(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


async def test_every_field_goes_in_and_out(ctx: Context, anna: Customer) -> None:
    report = await import_cards(ctx, anna, Imported("karman", [FULL, PLAIN]))
    assert (report.added, report.notes, report.problems) == (2, [], [])
    assert await exchange_cards(ctx, anna) == [FULL, PLAIN]
    assert {card.source for card in await Card.all()} == {"import-karman"}
    assert await exchange_cards(ctx, await someone(ctx, 2)) == []


async def test_a_table_is_one_that_spreadsheets_read(ctx: Context, anna: Customer) -> None:
    """With the mark of its encoding, and the days of the owner's clock."""
    ends = datetime(2026, 12, 31, 22, tzinfo=UTC)
    await import_cards(ctx, anna, Imported("karman", [replace(FULL, expires=ends)]))
    table = await joined(export_cards(ctx, anna, ExportFormat.CSV))
    assert table.startswith(b"\xef\xbb\xbfname,number")
    assert "2027-01-01" in table.decode()


async def test_a_password_keeps_the_archive_shut(ctx: Context, anna: Customer) -> None:
    await import_cards(ctx, anna, Imported("karman", [FULL]))
    shut = await joined(export_cards(ctx, anna, ExportFormat.CATIMA, "секрет"))
    with pytest.raises(FileRefused) as refused:
        read_export(shut)
    assert refused.value.code == "password_needed"
    assert [card.name for card in read_export(shut, "секрет").cards] == ["Зернопар"]
    opened = await joined(export_cards(ctx, anna, ExportFormat.CATIMA))
    assert [card.name for card in read_export(opened).cards] == ["Зернопар"]


async def test_an_export_says_when_it_was_made(ctx: Context, anna: Customer) -> None:
    made = await joined(export_cards(ctx, anna, ExportFormat.JSON))
    assert ctx.clock().date().isoformat() in made.decode()


@pytest.mark.parametrize(("language", "name"), [("ru", "Кофе & Точка"), ("en", "Coffee & Dot")])
async def test_a_brands_card_goes_under_its_name_colour_and_balance(
    ctx: Context, language: str, name: str
) -> None:
    """The processor's balance counts, whatever its owner noted down; their own name and colour
    stand before the brand's."""
    event = await issued_card(ctx, 1, language)
    owner = await Customer.get(id=event.customer_id)
    (out,) = await exchange_cards(ctx, owner)
    assert (out.name, out.color, out.balance, out.starred) == (name, "#402010", Decimal(0), False)
    assert (out.valid_from, out.expires, out.last_used, out.groups) == (None, None, None, ())
    await Card.all().update(balance=Decimal("15.20"))
    noted = seal_notes(ctx, owner, OwnerNotes(name="Моя", balance="7"))
    await WalletEntry.create(
        card_id=event.card_id, customer_id=owner.id, own=noted, color="#112233"
    )
    async with transaction():
        await keep_photo(ctx, owner, event.card_id, "back", JPEG)
    (out,) = await exchange_cards(ctx, owner)
    assert (out.name, out.color, out.balance, out.back) == (
        "Моя", "#112233", Decimal("15.20"), JPEG,
    )  # fmt: skip
    await Card.all().update(brand_id=None)
    await WalletEntry.all().update(own=None, color="")
    (out,) = await exchange_cards(ctx, owner)
    assert (out.name, out.color) == ({"ru": "Кофе", "en": "Coffee"}[language], None)


async def test_what_was_kept_before_there_were_bounds_goes_within_them(
    ctx: Context, anna: Customer
) -> None:
    await import_cards(ctx, anna, Imported("karman", [PLAIN, replace(FULL, color=None)]))
    wide = OwnerNotes(
        name="Ч\0" + "а" * 200,
        note="н" * 20_000,
        groups=tuple("г" * 200 for _ in range(70)),
        balance="1e40",
        balance_type="Р" * 99,
        encoding="U" * 99,
    )
    entry = await WalletEntry.all().order_by("id").first()
    assert entry is not None
    entry.own, entry.expires_at = seal_notes(ctx, anna, wide), datetime(9999, 1, 1, tzinfo=UTC)
    entry.valid_from = datetime(1800, 1, 1, tzinfo=UTC)
    await entry.save()
    out, other = await exchange_cards(ctx, anna)
    assert out.name == "Ч" + "а" * (bounds.LONGEST_NAME - 1)
    assert out.note == "н" * bounds.LONGEST_NOTE
    assert out.groups == ("г" * bounds.LONGEST_GROUP,) * bounds.MOST_GROUPS
    assert (out.balance, out.balance_type) == (Decimal(0), "Р" * bounds.LONGEST_WORD)
    assert out.encoding == "U" * bounds.LONGEST_WORD
    assert (out.valid_from, out.expires) == (None, None)
    assert other == replace(FULL, color=None)


@pytest.mark.parametrize("name", ["", "\0", "  "])
async def test_a_card_without_a_name_goes_under_its_number(
    ctx: Context, anna: Customer, name: str
) -> None:
    number = "7" * 120
    await import_cards(ctx, anna, Imported("karman", [ExchangeCard("Ч", number, number)]))
    await WalletEntry.all().update(own=seal_notes(ctx, anna, OwnerNotes(name=name)))
    (out,) = await exchange_cards(ctx, anna)
    assert (out.name, out.number) == ("7" * bounds.LONGEST_NAME, number)


async def test_cards_are_told_of_by_their_names(ctx: Context, anna: Customer) -> None:
    """What was there, what stands twice in the file, what came back, and what the file's reader
    has said before."""
    unread = RowProblem(3, Why.UNREADABLE, name="?")
    mended = [
        RowProblem(1, Why.ODD_VALUE, "color", "красный", name)
        for name in ("Чай", "Сыр", "", "С" * LONGEST_VALUE)
    ]
    await import_cards(ctx, anna, Imported("karman", [PLAIN]))
    cards = [
        PLAIN,
        replace(PLAIN, name="Сыр"),
        replace(PLAIN, name="СЫР"),
        replace(PLAIN, name="С" * 90),
    ]
    found = Imported("csv", cards, [unread], {"expired": 2}, mended)
    report = await import_cards(ctx, anna, found)
    assert (report.source, report.added, report.standing) == ("csv", 2, ["Чай"])
    assert report.problems == [unread, RowProblem(0, Why.TWICE, "", "7", "СЫР")]
    assert report.skipped == {"expired": 2}
    assert [note.name for note in report.notes] == ["Сыр", "", "С" * LONGEST_VALUE]
    assert found.problems == [unread], "the reader's own list stays as it was"
    await remove_card(ctx, anna, (await Card.all().order_by("id"))[1].id)
    back = await import_cards(ctx, anna, Imported("csv", cards[1:2]))
    assert (back.added, back.standing) == (1, []), "it came back"


async def test_what_is_changed_in_a_card_is_told(ctx: Context, anna: Customer) -> None:
    cards = [
        replace(PLAIN, note="н" * LONGEST_NOTE),
        replace(PLAIN, name="Сыр", note="н" * (LONGEST_NOTE + 1)),
        ExchangeCard("Клуб", "1", "1", symbology="CODE_93"),
        ExchangeCard("Кафе", "12", "12", symbology="EAN_13"),
        ExchangeCard("Хлеб", "3", "3"),
    ]
    mended = RowProblem(2, Why.ODD_VALUE, "color", "красный", "Чай")
    report = await import_cards(ctx, anna, Imported("csv", cards, notes=[mended]))
    assert report.notes == [
        mended,
        RowProblem(0, Why.SHORTENED, "note", "", "Сыр"),
        RowProblem(0, Why.NO_BARCODE, "", "CODE_93", "Клуб"),
        RowProblem(0, Why.NO_BARCODE, "barcode_value", "EAN_13", "Кафе"),
    ]


async def room(monkeypatch: pytest.MonkeyPatch, cards: int, picture_bytes: int) -> None:
    async def left(customer: Customer) -> Quota:
        return Quota(cards, picture_bytes)

    monkeypatch.setattr(importing, "quota_of", left)


async def test_pictures_come_in_as_far_as_there_is_room(
    ctx: Context, anna: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the last byte; a smaller one after it is left out too, and a card that stood already
    takes no room."""
    size = len(JPEG)
    await room(monkeypatch, 9, 2 * size)
    monkeypatch.setattr(importing, "MOST_PICTURES", 30 * MEGABYTE + 7)
    bare = replace(PLAIN, front=JPEG)
    cards = [bare, bare, replace(bare, name="Сыр"), replace(bare, name="Хлеб", back=JPEG)]
    report = await import_cards(ctx, anna, Imported("catima", cards))
    assert report.added == 3
    assert [(n.why, n.field, n.value, n.name) for n in report.notes] == [
        (Why.NO_ROOM_PICTURE, "front", "30", "Хлеб"),
        (Why.NO_ROOM_PICTURE, "back", "30", "Хлеб"),
    ]
    assert [card.front for card in await exchange_cards(ctx, anna)] == [JPEG, JPEG, None]


async def test_where_the_room_ends_known_cards_still_come(
    ctx: Context, anna: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await import_cards(ctx, anna, Imported("csv", [PLAIN]))
    await room(monkeypatch, 1, 0)
    cards = [replace(PLAIN, name=name) for name in ("Сыр", "Хлеб", "Соль", "Чай")]
    report = await import_cards(ctx, anna, Imported("csv", cards))
    assert (report.added, report.standing) == (1, ["Чай"])
    assert report.problems == [
        RowProblem(0, Why.NO_ROOM, "", "2000", name) for name in ("Хлеб", "Соль")
    ]


async def test_how_far_it_is_is_told_now_and_then(ctx: Context, anna: Customer) -> None:
    heard: list[tuple[int, int]] = []

    async def hear(done: int, total: int) -> None:
        heard.append((done, total))

    cards = [replace(PLAIN, name=f"Лавка {n}") for n in range(2 * PROGRESS_EVERY + 1)]
    await import_cards(ctx, anna, Imported("csv", cards), hear)
    total = len(cards)
    assert heard == [(PROGRESS_EVERY, total), (2 * PROGRESS_EVERY, total)]
