"""FidMe, Voucher Vault, passes and spreadsheets, as they come."""

from datetime import UTC, datetime
from decimal import Decimal

import orjson
import pytest

from backend.exchange.archive import write_archive
from backend.exchange.plain_csv import read_plain_csv, write_plain_csv
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard, FileRefused, RowProblem, Why
from models.barcode_format import BarcodeFormat


def test_fidme_counts_its_expired_cards() -> None:
    text = (
        "Retailer;Program;Added At;Reference;Firstname;Lastname\n"
        "Лукоград;Клуб;2024-01-01;12345;Анна;Ветрова\n"
        "Старый магазин;;2020-01-01;;;\n"
    )
    found = read_export(write_archive({"loyalty_programs.csv": text.encode()}))
    assert found.source == "fidme"
    assert found.skipped == {"expired": 1}
    assert found.cards == [
        ExchangeCard(
            name="Лукоград",
            number="12345",
            barcode_value="12345",
            note="Клуб\n2024-01-01\nАнна Ветрова",
        )
    ]


def test_voucher_vault_with_both_kinds_of_balance() -> None:
    items = [
        {
            "uuid": "1",
            "description": "Кино",
            "code": "4600000000015",
            "codeType": "EAN13",
            "expires": "2027-01-02T03:04:05Z",
            "balanceMilliunits": 1500,
            "color": "GREEN",
        },
        {"uuid": "2", "description": "Кафе", "code": "x y", "codeType": "TEXT", "balance": 7},
        {"uuid": "3", "description": "Без кода", "code": "", "codeType": "QR"},
    ]
    found = read_export(orjson.dumps(items))
    cinema, cafe = found.cards
    assert cinema.barcode_format is BarcodeFormat.EAN13
    assert (cinema.balance, cinema.color) == (Decimal("1.5"), "#00FF00")
    assert cinema.expires == datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (cafe.barcode_format, cafe.balance) == (None, Decimal(7))
    assert (cinema.balance_type, cafe.balance_type) == ("USD", "USD")
    assert found.problems == [RowProblem(3, Why.EMPTY, "number", name="Без кода")]


def _pass(**fields: object) -> dict[str, bytes]:
    given = {
        "organizationName": "ORG",
        "backgroundColor": "rgb(20, 40,60)",
        "barcodes": [
            {
                "format": "PKBarcodeFormatPDF417",
                "message": "0042",
                "altText": "42",
                "messageEncoding": "iso-8859-1",
            }
        ],
    }
    return {"pass.json": orjson.dumps({**given, **fields})}


def test_a_pass_with_translations_in_utf_16() -> None:
    strings = '"ORG" = "Зернопар \\"Юг\\"";'.encode("utf-16")
    found = read_export(write_archive({**_pass(), "ru.lproj/pass.strings": strings}))
    card = found.cards[0]
    assert card.name == 'Зернопар "Юг"'
    assert (card.number, card.barcode_value) == ("42", "0042")
    assert (card.barcode_format, card.color) == (BarcodeFormat.PDF417, "#14283C")


def test_an_old_pass_and_one_without_a_barcode() -> None:
    old = _pass(barcodes=None, barcode={"format": "PKBarcodeFormatQR", "message": "q"})
    bare = _pass(barcodes=[], serialNumber="S-1")
    both = write_archive({"a.pkpass": write_archive(old), "b.pkpass": write_archive(bare)})
    first, second = read_export(both).cards
    assert (first.barcode_format, first.barcode_value) == (BarcodeFormat.QR, "q")
    assert (second.barcode_format, second.number) == (None, "S-1")


def test_one_broken_pass_of_several_is_named() -> None:
    both = {"a.pkpass": write_archive(_pass()), "b.pkpass": write_archive({"x": b""})}
    found = read_export(write_archive(both))
    assert len(found.cards) == 1
    assert found.problems[0].line == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_made_by_hand(delimiter: str) -> None:
    rows = [
        ["Магазин", "Номер карты", "Формат", "Действует до"],
        ["Кафе", "12 34", "QR", "31.12.2027"],
    ]
    text = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    card = read_export(text.encode()).cards[0]
    assert (card.name, card.number, card.barcode_format) == ("Кафе", "12 34", BarcodeFormat.QR)
    assert card.expires == datetime(2027, 12, 31)  # noqa: DTZ001  on the owner's calendar


def test_wrong_cells_are_told_by_line() -> None:
    text = "name,number,format,expires\nA,1,rune,\nB,2,,завтра\nC,,,\nD,4,,\n"
    found = read_plain_csv(text)
    assert [card.name for card in found.cards] == ["A", "B", "D"]
    assert found.problems == [RowProblem(4, Why.EMPTY, "number", name="C")]
    assert [(note.line, note.field, note.value) for note in found.notes] == [
        (2, "barcode_format", "rune"),
        (3, "expires", "завтра"),
    ]


def test_a_file_of_something_else_is_no_wallet() -> None:
    for content in ("просто текст", "hello, world\n", "{}", "[1]"):
        with pytest.raises(FileRefused) as refused:
            read_export(content.encode())
        assert refused.value.code == "unknown_format"


def test_our_csv_comes_back() -> None:
    cards = [
        ExchangeCard("Кафе", "1", "1", BarcodeFormat.QR, "QR_CODE", note="a;b\nc", starred=True),
        ExchangeCard("Без кода", "2", "2", balance=Decimal("3.5"), groups=("x", "y")),
    ]
    assert read_plain_csv(write_plain_csv(cards, UTC)).cards == cards
