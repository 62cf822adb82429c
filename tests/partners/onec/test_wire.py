"""Files as 1С writes them become the tables that everybody reads, a line for a line."""

import json
from typing import Any

import pytest

from backend.partners.onec.wire.kinds import CARDS, SALES, Kind
from backend.partners.onec.wire.records import NotRecords, lines
from backend.partners.onec.wire.table import LONGEST_LINE, Table, table
from backend.partners.onec.wire.values import currency, moment, number, state

RECEIPTS = (
    "Ид;Карта;Дата;Сумма;Номер чека;Магазин\r\n"
    "a-1;46000001;27.11.2026 9:04:05;1\u00a0250,50;№ 17;«Казань», ул. Баумана\r\n"
    "\r\n"
    'a-2;46000001;2026-11-27;-40;"№ 18; возврат";\r\n'
)
READ = [
    "id;card;at;amount;number;store",
    "a-1;46000001;2026-11-27T09:04:05;1250.50;№ 17;«Казань», ул. Баумана",
    "",
    'a-2;46000001;2026-11-27;-40;"№ 18; возврат";',
]


def read(kind: Kind, data: bytes, size: int = 7) -> list[str]:
    reading, made = Table(kind), b""
    for start in range(0, len(data), size):
        made += b"".join(reading.put(data[start : start + size]))
    return (made + b"".join(reading.rest())).decode().splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_table_in_each_of_its_usual_forms(encoding: str, size: int) -> None:
    assert read(SALES, RECEIPTS.encode(encoding), size) == READ


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_columns_in_any_order_case_and_with_other_delimiters(delimiter: str) -> None:
    told = "СОСТОЯНИЕ;Номер карты;Баланс;Уровень\nЗаблокирована;46 01;1 250.5;Золото"
    made = read(CARDS, told.replace(";", delimiter).encode())
    assert made == ["state;number;balance;tier", "blocked;46 01;1250.5;Золото"]
    assert read(CARDS, b"Number;BALANCE;colour\n1;2;3") == ["number;balance;colour", "1;2;3"]


def test_what_is_not_understood_stays_for_whoever_reads_it_next() -> None:
    assert (number("12,5р"), moment("вчера"), state("Потеряна")) == ("12,5р", "вчера", "потеряна")
    assert (moment("31.02.2026"), currency("руб."), currency("usd")) == ("2026-02-31", "RUB", "USD")
    assert read(CARDS, b'number;tier\n1;"x') == ["number;tier", '1;"x']
    assert read(CARDS, b"number;tier\n1;x;y") == ["number;tier", "1;x;y"]


def test_lines_keep_their_numbers_however_long_one_is() -> None:
    long = "x" * (3 * LONGEST_LINE)
    made = read(CARDS, f"number;tier\n1;{long}\n2;b\n".encode(), 1000)
    assert [len(each) > LONGEST_LINE - 10 for each in made] == [False, True, False]
    assert made[2] == "2;b"


@pytest.mark.parametrize("around", ['{{"sales": {}}}', "{}"])
def test_json_becomes_an_object_on_each_line(around: str) -> None:
    told: list[Any] = [
        {"Ид": "a-1", "Карта": "46", "Дата": "27.11.2026", "Сумма": "1 250,5"},
        {"id": "a-2", "card": "46", "at": "2026-11-27T10:00:00+03:00", "amount": 40.5},
        7,
    ]
    made = list(lines(SALES, around.format(json.dumps(told)).encode("utf-8-sig")))
    assert [json.loads(each) for each in made] == [
        {"id": "a-1", "card": "46", "at": "2026-11-27", "amount": "1250.5"}, told[1], 7,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"{",
        b'{"cards": []}',
        b"7",
        "Ы".encode("cp1251"),
        b"[" * 50_000,
        b"[" + b"1," * 10_000 + b"1]",
    ],
)
def test_what_is_no_list_of_records(wrong: bytes) -> None:
    with pytest.raises(NotRecords) as told:
        lines(SALES, wrong)
    assert told.value.expected


def test_what_goes_back_opens_in_1c_and_excel() -> None:
    made = table(["номер", "имя"], [["1", "Анна; «А»"]])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig") == 'номер;имя\r\n1;"Анна; «А»"\r\n'
