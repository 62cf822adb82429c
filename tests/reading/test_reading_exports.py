"""Files of other wallets are read in the same bounded process as photos."""

import asyncio
import struct
import time
from datetime import UTC, datetime
from decimal import Decimal

import orjson
import pytest

from backend.exchange.archive import write_archive
from backend.exchange.catima_link import write_catima_link
from backend.exchange.catima_zip import write_catima_zip
from backend.exchange.shapes import ExchangeCard, FileRefused
from backend.reading.card_frames import card_frame, read_card
from backend.reading.frames import BadFrame, Frame, packed, unpacked
from backend.reading.reader import Reader
from backend.reading.result import FileRefused as Gone
from backend.reading.result import Unreadable
from backend.reading.worker_process import _answered
from models.barcode_format import BarcodeFormat
from tests.reading import hostile_files as hostile

WHOLE = ExchangeCard(
    name="Зернопар",
    number="1234 5678",
    barcode_value="12345678",
    barcode_format=BarcodeFormat.CODE128,
    symbology="CODE_128",
    note="подарочная\n\nот мамы",
    valid_from=datetime(2026, 1, 1, tzinfo=UTC),
    expires=datetime(2027, 1, 1, tzinfo=UTC),
    balance=Decimal("1.50"),
    balance_type="RUB",
    color="#2196F3",
    starred=True,
    groups=("Еда", "Кофе"),
)
BARE = ExchangeCard(name="Абонемент", number="777", barcode_value="777", archived=True)


async def test_cards_come_through_whole(reader: Reader) -> None:
    found = await reader.cards(write_catima_zip([WHOLE, BARE], "секрет"), "секрет")
    assert found.cards == [WHOLE, BARE]
    link = await reader.cards(write_catima_link(BARE).encode())
    assert [card.number for card in link.cards] == ["777"]
    for password, code in ((None, "password_needed"), ("не тот", "wrong_password")):
        with pytest.raises(FileRefused) as refused:
            await reader.cards(write_catima_zip([BARE], "секрет"), password)
        assert refused.value.code == code


async def test_pictures_come_drawn_anew_and_what_is_none_is_left_out(reader: Reader) -> None:
    photo = hostile.saved(hostile.card(), "PNG")
    cards = [
        ExchangeCard("A", "1", "1", front=photo, icon=photo),
        ExchangeCard("B", "2", "2", front=bytes(1_000_000), back=hostile.png_bomb(9000, 9000)),
    ]
    found = await reader.cards(write_catima_zip(cards))
    first, second = found.cards
    assert (first.front or b"")[:3] == (first.icon or b"")[:3] == b"\xff\xd8\xff"
    assert (first.back, second.front, second.back) == (None, None, None)
    assert [(note.field, note.name) for note in found.notes] == [("front", "B"), ("back", "B")]


async def test_a_photo_to_be_kept_goes_the_same_way(reader: Reader) -> None:
    assert (await reader.picture(hostile.saved(hostile.card(), "WEBP")))[:3] == b"\xff\xd8\xff"
    with pytest.raises(Gone) as refused:
        await reader.picture(b"GIF89a")
    assert refused.value.code is Unreadable.NOT_A_PICTURE


async def test_what_once_stopped_the_bot_is_read_aside(reader: Reader) -> None:
    strings = b'"' + b'\\"' * 100_000
    given = {"pass.json": orjson.dumps({"organizationName": "ORG", "serialNumber": "1"})}
    found = await reader.cards(write_archive({**given, "ru.lproj/pass.strings": strings}))
    assert [card.name for card in found.cards] == ["ORG"]
    table = await reader.cards(b"name,number,balance\nX,1,1e-700000000\nY,2,3\n")
    assert [card.name for card in table.cards][-1] == "Y"


async def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    table = "name,number\n" + "".join(f"Shop {n},{n}\n" for n in range(4_000))
    async with Reader(seconds=0.02) as hasty:
        with pytest.raises(FileRefused) as refused:
            await hasty.cards(table.encode())
        assert refused.value.code == "too_demanding"
        assert hasty.pids == []
    async with Reader(seconds=30) as patient:
        assert len((await patient.cards(table.encode())).cards) == 4_000


async def test_the_loop_stays_free_while_many_cards_arrive() -> None:
    table = "name,number\n" + "".join(f"Shop {n},{n}\n" for n in range(5_000))
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - began)

    async with Reader(seconds=30) as reader:
        watching = asyncio.create_task(watch())
        await reader.cards(table.encode())
        watching.cancel()
    assert longest < 0.1


def test_a_bug_that_a_file_finds_is_told_by_its_place() -> None:
    [frame] = _answered(Frame({"job": "of a kind that there is not"}))
    assert frame.last
    assert frame.head["failed"].startswith("ValueError at jobs.py:")


def test_nonsense_from_a_process_is_not_believed() -> None:
    length = struct.Struct(">I")
    for body in (b"", b"\0\0", length.pack(99), length.pack(2) + b"[]", length.pack(1) + b"{"):
        with pytest.raises(BadFrame):
            unpacked(body)
    good = card_frame(WHOLE)
    assert read_card(unpacked(packed(good)[4:])) == WHOLE
    for change in ({"name": "x" * 101}, {"balance": "1e-700000000"}, {"number": 5}):
        with pytest.raises(BadFrame):
            read_card(Frame({**good.head, "card": {**good.head["card"], **change}}))
    with pytest.raises(BadFrame):
        read_card(Frame({**good.head, "sizes": {"front": "x"}}))
