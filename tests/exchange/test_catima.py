"""Catima's files as its documentation describes them, and round trips through our own."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backend.exchange.archive import write_archive
from backend.exchange.catima_csv import read_catima_csv, write_catima_csv
from backend.exchange.catima_link import (
    is_catima_link,
    read_catima_link,
    write_catima_link,
)
from backend.exchange.catima_zip import write_catima_zip
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard, FileRefused, RowProblem, Why
from models.barcode_format import BarcodeFormat

EXPORT = """2

_id
Кофе
Еда

_id,store,note,validfrom,expiry,balance,balancetype,cardid,barcodeid,barcodetype,barcodeencoding,headercolor,starstatus,lastused,archive
1,Зернопар,"первая строка

третья строка",,1798675200000,12.50,RUB,1234 5678,12345678,CODE_128,UTF-8,-14575885,1,1763700000,0
2,Лукоград,,,,100,,4600000000015,,EAN_13,,,0,0,1
3,Старый клуб,,,,0,,ABC,,CODE_93,,,0,,0
4,Без штрихкода,,,,0,,777,,,,,0,,0

cardId,groupId
1,Кофе
1,Еда
"""


def test_the_documented_export_is_read_whole() -> None:
    found = read_catima_csv(EXPORT)
    assert found.problems == []
    coffee, food, old, bare = found.cards
    assert coffee.note == "первая строка\n\nтретья строка"
    assert (coffee.number, coffee.barcode_value) == ("1234 5678", "12345678")
    assert coffee.expires == datetime(2026, 12, 31, tzinfo=UTC)
    assert (coffee.balance, coffee.balance_type) == (Decimal("12.50"), "RUB")
    assert (coffee.color, coffee.starred, coffee.groups) == ("#2196F3", True, ("Кофе", "Еда"))
    assert (food.barcode_format, food.archived) == (BarcodeFormat.EAN13, True)
    assert (old.barcode_format, old.symbology) == (None, "CODE_93")
    assert (bare.barcode_format, bare.symbology) == (None, "")


def test_a_bad_row_is_named_by_its_line_and_stops_nothing() -> None:
    broken = EXPORT.replace("2,Лукоград,,,,100", "2,Лукоград,,,вчера,100").replace(
        "4,Без штрихкода", "4,"
    )
    found = read_catima_csv(broken)
    assert [card.name for card in found.cards] == ["Зернопар", "Лукоград", "Старый клуб"]
    assert found.problems == [RowProblem(13, Why.EMPTY, "name")]
    assert found.notes == [RowProblem(11, Why.ODD_VALUE, "expires", "вчера", "Лукоград")]


def test_version_one_has_only_cards_and_may_lack_columns() -> None:
    text = "1\n\n_id,store,cardid\n1,Аптека,42\n"
    assert read_catima_csv(text).cards == [
        ExchangeCard(name="Аптека", number="42", barcode_value="42")
    ]
    assert read_export(b"1\n_id,store,cardid,new\n1,A,42,x\n").cards[0].number == "42"


def test_a_password_is_needed_and_must_fit() -> None:
    card = ExchangeCard(name="A", number="1", barcode_value="1", front=b"png")
    data = write_catima_zip([card], "секрет")
    assert b"catima.csv" in data
    with pytest.raises(FileRefused) as needed:
        read_export(data)
    assert needed.value.code == "password_needed"
    with pytest.raises(FileRefused) as wrong:
        read_export(data, "другой")
    assert wrong.value.code == "wrong_password"
    assert read_export(data, "секрет").cards == [card]


@pytest.mark.parametrize(
    "link",
    [
        "https://catima.app/share#store%3DA%2520%2526%2520B%26note%3D%26cardid%3D42%26barcodetype%3DQR_CODE",
        "https://thelastproject.github.io/Catima/share?store=A%20%26%20B&note=&cardid=42&barcodetype=QR_CODE",
    ],
)
def test_sharing_links_new_and_old(link: str) -> None:
    assert is_catima_link(link)
    (card,) = read_catima_link(link).cards
    assert (card.name, card.number, card.barcode_format) == ("A & B", "42", BarcodeFormat.QR)
    assert read_catima_link(write_catima_link(card)).cards == [card]


def test_a_link_without_a_card_number_is_refused() -> None:
    with pytest.raises(FileRefused, match="no cardid"):
        read_catima_link("https://catima.app/share#store%3DA%26note%3D")
    for other in ("https://example.com/share#store", "https://[", "https://[x]/share", "", "\n"):
        assert not is_catima_link(other)


def test_archives_that_lie_or_burst_are_refused() -> None:
    for data, code in (
        (write_archive({"other.txt": b"x"}), "unknown_format"),
        (write_archive({"catima.csv": b"\xff\xfe"}), "broken"),
        (write_archive({f"{n}.txt": b"" for n in range(10_001)}), "too_large"),
        (write_archive({f"{n}.txt": bytes(19 * 1024 * 1024) for n in range(6)}), "too_large"),
        (write_archive({"catima.csv": b"0" * (21 * 1024 * 1024)}), "too_large"),
        (write_catima_zip([])[:40], "broken"),
        (b"", "empty"),
        (b"\x89PNG\r\n", "unknown_format"),
    ):
        with pytest.raises(FileRefused) as refused:
            read_export(data)
        assert refused.value.code == code


def test_the_written_csv_has_catimas_own_order_of_parts() -> None:
    text = write_catima_csv([ExchangeCard("A", "1", "1", groups=("g",))])
    parts = text.split("\r\n\r\n")
    assert parts[0] == "2"
    assert parts[1].startswith("_id\r\ng")
    assert parts[2].startswith("_id,store,note,validfrom,expiry,balance,balancetype,cardid")
    assert parts[3].strip() == "cardId,groupId\r\n1,g"
