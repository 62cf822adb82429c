"""Files as they are found: a Russian Excel's, Apple's own, an old Catima's, a stranger's."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import orjson
import pytest

from backend.exchange import cells
from backend.exchange.archive import write_archive
from backend.exchange.currencies import currency_of
from backend.exchange.loose_json import without_trailing_commas
from backend.exchange.plain_csv import write_plain_csv
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard, FileRefused, RowProblem, Why
from backend.exchange.symbologies import drawn, spelled
from models.barcode_format import BarcodeFormat as Kind

TABLE = "Магазин;Номер\r\nАптека;4600000000015\r\n"


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number)  # noqa: DTZ001  on the owner's calendar


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("windows-1251"),
        TABLE.replace(";", "\t").encode("utf-16"),
        TABLE.encode("utf-16-be").join([b"\xfe\xff", b""]),
        f"sep=;\r\n{TABLE}".encode("windows-1251"),
        f'"sep=,"\r\n{TABLE.replace(";", ",")}'.encode(),
        TABLE.encode("utf-8-sig"),
        f"\ufeffsep=\t\n{TABLE.replace(';', chr(9))}".encode(),
    ],
    ids=["windows-1251", "utf-16", "utf-16-be", "sep", "sep quoted", "utf-8 mark", "sep tab"],
)
def test_a_spreadsheet_in_russian(data: bytes) -> None:
    (card,) = read_export(data).cards
    assert (card.name, card.number, card.barcode_format) == ("Аптека", "4600000000015", Kind.EAN13)


def test_lines_are_counted_as_the_spreadsheet_does() -> None:
    found = read_export("sep=;\nназвание;номер\nАптека;\n".encode())
    assert found.problems == [RowProblem(3, Why.EMPTY, "number", "", "Аптека")]


@pytest.mark.parametrize("number", ["7,89000012345678E+15", "7.89E+15", "8E+12", "7,89e+15"])
def test_a_number_that_a_spreadsheet_has_rounded_is_refused(number: str) -> None:
    found = read_export(f"название;номер\nАптека;{number}\nКафе;12E5\n".encode())
    assert [card.number for card in found.cards] == ["12E5"]
    assert found.problems == [RowProblem(2, Why.SPREADSHEET, "number", number, "Аптека")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("Здравствуйте, это письмо", "unknown_format"),
        ("название;заметка\nАптека;x\n", "no_number_column"),
        ("номер\n1\n", "no_name_column"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_a_text_that_is_no_wallet_is_told_as_such(content: str, code: str, encoding: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_export(content.encode(encoding))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\xd0\x00\x00", b"\x98\x98", b"GIF89a\0\1"]
)
def test_bytes_that_are_no_text_are_no_wallet(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        read_export(data)
    assert refused.value.code == "unknown_format"


def test_a_table_as_a_person_types_it() -> None:
    text = (
        "Название;Номер;Действует с;Действует до;Баланс;Валюта;starred;Группы;Формат\n"
        "Кафе;12;1.2.2026;31/12/27;1 250,50;руб.;да;Еда|Кофе;code 93\n"
        "Бар;13;;01.03.2028 0:00;x;;может быть;a\\|b;EAN-13\n"
    )
    found = read_export(text.replace("31/12/27", "31/12/2027").encode())
    cafe, bar = found.cards
    assert (cafe.valid_from, cafe.expires) == (day(2026, 2, 1), day(2027, 12, 31))
    assert (cafe.balance, cafe.balance_type) == (Decimal("1250.50"), "RUB")
    assert (cafe.starred, cafe.groups, cafe.symbology) == (True, ("Еда", "Кофе"), "CODE_93")
    assert (bar.expires, bar.groups, bar.barcode_format) == (day(2028, 3, 1), ("a|b",), None)
    assert [(note.field, note.value) for note in found.notes] == [
        ("balance", "x"),
        ("starred", "может быть"),
    ]


@pytest.mark.parametrize(
    ("given", "currency"),
    [("₽", "RUB"), ("руб", "RUB"), ("rub", "RUB"), ("Баллы", ""), ("€", "EUR"), ("фишки", "фишки")],
)
def test_money_as_people_write_it(given: str, currency: str) -> None:
    assert currency_of(given) == currency


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 916", "-5", "@SUM(A1)", "\t=1", "'=1", "''=1", "'Аптека'", "x=1", "", "'"]
)
def test_no_cell_is_a_formula_and_every_one_comes_back(text: str) -> None:
    written = cells.written(text)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cells.read(written) == text


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Еда|Кофе", ("Еда", "Кофе")),
        ("a\\|b|c", ("a|b", "c")),
        ("a\\\\|b", ("a\\", "b")),
        ("a\\b", ("a\\b",)),
        (" | x ||x|", ("x",)),
        ("", ()),
        ("\\", ("\\",)),
    ],
)
def test_groups_in_one_cell(text: str, groups: tuple[str, ...]) -> None:
    assert cells.parted(text) == groups
    assert cells.parted(cells.joined(groups)) == groups


def test_a_shop_out_of_somebodys_link_is_no_formula() -> None:
    evil = ExchangeCard("=HYPERLINK(1)", "+1", "@2", note="-3", groups=("=a", "b"))
    text = write_plain_csv([evil], UTC)
    assert not any(f"{before}{sign}" in text for before in ',"' for sign in "=+-@")
    (back,) = read_export(text.encode()).cards
    assert back == evil


@pytest.mark.parametrize(
    ("symbology", "value", "kind", "whole"),
    [
        ("EAN_13", "460000000001", Kind.EAN13, "4600000000015"),
        ("EAN_13", "4600000000015", Kind.EAN13, "4600000000015"),
        ("EAN_13", "4600000000016", None, "4600000000016"),
        ("EAN_8", "9638507", Kind.EAN8, "96385074"),
        ("UPC_A", "03600029145", Kind.UPCA, "03600029145"),
        ("CODE_39", "abc-12", Kind.CODE39, "ABC-12"),
        ("CODABAR", "a123b", Kind.CODABAR, "A123B"),
        ("QR_CODE", "BEGIN:VCARD\r\nN:Анна\r\nEND:VCARD\r\n", Kind.QR, None),
        ("AZTEC", "x" * 300, Kind.AZTEC, None),
        ("CODE_128", "1" * 60, Kind.CODE128, None),
        ("CODE_93", "ABC", None, "ABC"),
        ("ITF", "12345", None, "12345"),
        ("", "4600000000015", None, "4600000000015"),
    ],
)
def test_what_other_wallets_draw_is_drawn(
    symbology: str, value: str, kind: Kind | None, whole: str | None
) -> None:
    barcode = drawn(symbology, value)
    assert barcode.format is kind
    assert barcode.value == (value.strip() if whole is None else whole)


def test_every_symbology_has_a_name_for_people() -> None:
    assert spelled("CODE_93") == "Code 93"
    assert spelled("rune") == "rune"


@pytest.mark.parametrize("star", ["2", "yes", "-1"])
def test_decoration_that_catima_puts_right_costs_no_card(star: str) -> None:
    text = (
        "_id,store,cardid,expiry,balance,headercolor,starstatus,lastused,archive,barcodetype\n"
        f"1,Кафе,42,soon,12 EUR,red,{star},x,9,type\n"
    )
    found = read_export(text.encode())
    assert found.problems == []
    assert found.cards == [ExchangeCard("Кафе", "42", "42")]
    assert {note.field for note in found.notes} == {
        "barcode_format", "expires", "balance", "color", "starred", "last_used", "archived",
    }  # fmt: skip
    assert {(note.line, note.why, note.name) for note in found.notes} == {
        (2, Why.ODD_VALUE, "Кафе")
    }


def test_long_texts_are_shortened_and_told() -> None:
    contact = "BEGIN:VCARD\n" + "N:" + "я" * 300
    text = f'_id,store,cardid,barcodetype,note\n1,{"К" * 150},"{contact}",QR_CODE,{"n" * 20_000}\n'
    found = read_export(text.encode())
    (card,) = found.cards
    assert (len(card.name), len(card.number), len(card.note)) == (100, 128, 10_000)
    assert (card.barcode_format, card.barcode_value) == (Kind.QR, contact)
    assert [(n.why, n.field) for n in found.notes] == [
        (Why.SHORTENED, "name"), (Why.SHORTENED, "number"), (Why.SHORTENED, "note"),
    ]  # fmt: skip


def test_a_barcode_longer_than_any_card_keeps_is_told() -> None:
    found = read_export(f"_id,store,cardid,barcodetype\n1,A,{'x' * 600},QR_CODE\n".encode())
    (card,) = found.cards
    assert (card.barcode_format, len(card.barcode_value)) == (None, 128)
    assert (Why.TOO_LONG, "barcode_value") in [(n.why, n.field) for n in found.notes]


def pass_file(**fields: Any) -> bytes:
    return write_archive({"pass.json": orjson.dumps({"organizationName": "ORG", **fields})})


def test_apples_own_sample_has_commas_too_many() -> None:
    raw = b'{"organizationName": "A, ] B", "serialNumber": "1\\",}", "x": [1, 2, ], }'
    (card,) = read_export(write_archive({"pass.json": raw})).cards
    assert (card.name, card.number) == ("A, ] B", '1",}')
    with pytest.raises(FileRefused):
        read_export(write_archive({"pass.json": b'{"organizationName": "A",, }'}))


@pytest.mark.parametrize("data", [b'{"a": ', b",", b'"', b'"\\', b"[1,\n ,]", b""])
def test_what_is_no_json_at_all_stays_none(data: bytes) -> None:
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(without_trailing_commas(data))


def test_commas_are_taken_away_in_one_pass() -> None:
    """Both used to be classics of slow expressions."""
    assert without_trailing_commas(b"," * 200_000 + b"]").count(b",") == 199_999
    assert len(without_trailing_commas(b", " + b" " * 200_000)) == 200_002


def test_a_long_message_is_no_reason_to_refuse_a_pass() -> None:
    message = "M1SOKOLOVA/ANNA" + " " * 20 + "X" * 200
    barcode = {"format": "PKBarcodeFormatAztec", "message": message}
    (card,) = read_export(pass_file(barcodes=[barcode], serialNumber="S-77")).cards
    assert (card.number, card.barcode_value, card.barcode_format) == ("S-77", message, Kind.AZTEC)
    (bare,) = read_export(pass_file(barcodes=[barcode])).cards
    assert (len(bare.number), bare.barcode_format) == (128, Kind.AZTEC)


def test_what_else_stands_on_a_pass() -> None:
    store_card = {
        "headerFields": [{"key": "p", "label": "POINTS", "value": 127}],
        "primaryFields": [{"key": "x", "label": "LVL", "value": "Gold"}],
        "backFields": [{"key": "t", "label": "Terms", "value": "Come in"}],
    }
    strings = '"LVL" = "Уровень";\n"DESC" = "Карта клуба";'
    content = orjson.dumps(
        {
            "organizationName": "ORG",
            "description": "DESC",
            "serialNumber": "1",
            "storeCard": store_card,
            "relevantDate": "2026-12-01T10:00+03:00",
            "expirationDate": "2027-12-31T23:59",
            "voided": True,
        }
    )
    files = {
        "pass.json": content,
        "ru.lproj/pass.strings": strings.encode(),
        "en.lproj/pass.strings": b'"LVL" = "Level"; "DESC" = "Club card";',
        "logo.png": b"one",
        "logo@2x.png": b"two",
        "logo@3x.png": b"three",
    }
    (card,) = read_export(write_archive(files)).cards
    assert card.note == "Карта клуба\nPOINTS: 127\nУровень: Gold\nTerms: Come in"
    assert card.valid_from == datetime(2026, 12, 1, 7, tzinfo=UTC)
    assert card.expires == datetime(2027, 12, 31, 23, 59)  # noqa: DTZ001  on the owner's clock
    assert (card.balance, card.balance_type, card.archived) == (Decimal(127), "", True)
    assert card.icon == b"three"
    (english,) = read_export(write_archive(files), language="en").cards
    assert english.note.startswith("Club card\nPOINTS: 127\nLevel: Gold")


@pytest.mark.parametrize(
    ("field", "balance"),
    [
        (
            {"key": "b", "label": "Balance", "value": "12,50", "currencyCode": "EUR"},
            ("12.50", "EUR"),
        ),
        ({"key": "balance", "value": 21.75, "currencyCode": "USD"}, ("21.75", "USD")),
        ({"key": "b", "label": "Баллы", "value": "1 270"}, ("1270", "")),
        ({"key": "b", "label": "Баланс", "value": "много"}, ("0", "")),
        ({"key": "age", "label": "Age", "value": 30}, ("0", "")),
        ({"key": "balance", "value": None}, ("0", "")),
    ],
)
def test_the_balance_of_a_store_card(field: dict[str, Any], balance: tuple[str, str]) -> None:
    made = pass_file(serialNumber="1", storeCard={"primaryFields": [field]})
    (card,) = read_export(made).cards
    assert (card.balance, card.balance_type) == (Decimal(balance[0]), balance[1])


@pytest.mark.parametrize(
    "odd",
    [
        {"storeCard": []},
        {"storeCard": {"primaryFields": {}}},
        {"storeCard": {"primaryFields": ["x", None, {"value": {"a": 1}}]}},
        {"relevantDates": "x", "relevantDate": 7, "expirationDate": "soon"},
        {"relevantDates": [{"startDate": "2026-12-01T10:00Z"}]},
        {"barcodes": [{"message": 7, "format": 8, "altText": ["x"]}], "barcode": 5},
        {"backgroundColor": "red", "voided": "yes", "logoText": 9},
    ],
)
def test_a_pass_with_odd_fields_is_still_a_card(odd: dict[str, Any]) -> None:
    found = read_export(pass_file(serialNumber="1", **odd))
    assert len(found.cards) == 1


def test_voucher_vault_counts_dollars_and_odd_vouchers() -> None:
    items = [
        {"description": "A", "code": "1", "codeType": "RUNE", "color": "GREY", "balance": "x"},
        {"description": "B", "code": "2", "codeType": "QR", "color": "PURPLE", "expires": "soon"},
        "nonsense",
    ]
    found = read_export(orjson.dumps(items))
    assert [(c.color, c.balance_type) for c in found.cards] == [("#888888", ""), ("#800080", "")]
    assert found.problems == [RowProblem(3, Why.UNREADABLE)]
    assert [note.field for note in found.notes] == ["barcode_format", "balance", "expires"]
