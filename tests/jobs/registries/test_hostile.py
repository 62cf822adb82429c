"""Whatever a file holds, it is refused in words, and the next is taken."""

from collections.abc import Callable
from random import Random

import pytest

from backend.jobs.registries import take_files
from models.job import Job
from models.pool_number import PoolNumber
from models.registry_file import FileState, RegistryFile
from tests.jobs.registries.conftest import Trade, zipped

NAME = "Lavka_reserved_20261121.csv.zip"
GOOD = "card_number;barcode\nA1;\n"


def bomb() -> bytes:
    """Thirty megabytes of one letter: better packed than any text."""
    return zipped(b"card_number\n" + b"A" * 30_000_000)


def huge() -> bytes:
    """Fifty megabytes, by its own account."""
    content = bytearray(zipped(GOOD))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (50_000_000).to_bytes(4, "little")
    return bytes(content)


def random_text(length: int) -> bytes:
    return Random(17).randbytes(length // 2).hex().encode()


def locked() -> bytes:
    content = bytearray(zipped(GOOD))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + place] |= 1
    return bytes(content)


WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "1;;the ZIP is damaged"),
    "no zip": (GOOD.encode, "1;;the ZIP is damaged"),
    "half": (lambda: zipped(GOOD)[:-30], "1;;the ZIP is damaged"),
    "bomb": (bomb, "1;;the ZIP 'registry.csv' is packed too well"),
    "huge": (huge, "1;;the ZIP unpacks to 50,000,000 bytes"),
    "password": (locked, "1;;the ZIP has a password"),
    "way up": (lambda: zipped(GOOD, "../../etc/cron.d/x.csv"), "1;;the ZIP has a file called"),
    "absolute": (lambda: zipped(GOOD, "/etc/x.csv"), "1;;the ZIP has a file called"),
    "two files": (lambda: zipped(GOOD, others={"more": b"x"}), "1;;the ZIP has 2 files"),
    "no csv": (lambda: zipped(GOOD, "r.exe"), "1;;the file in the ZIP is no .csv"),
    "nothing in it": (lambda: zipped(""), "1;;is empty"),
    "UTF-16": (lambda: zipped(GOOD.encode("utf-16")), "1;;is not UTF-8"),
    "no header": (lambda: zipped("A1;A1\nA2;A2\n"), "1;;column 'card_number' is missing"),
    "twice": (lambda: zipped("card_number;card_number\n"), "1;;a column is given twice"),
    "a long line": (lambda: zipped(random_text(300_000)), "1;;the line is too long"),
}


async def test_files_are_refused_as_a_whole(trade: Trade) -> None:
    days = dict(zip(WRONG, range(1, 30), strict=False))
    for what, (make, _) in WRONG.items():
        trade.puts(f"Lavka_reserved_202611{days[what]:02}.csv.zip", make())
    trade.reserved("B1;", day=30)
    await trade.turns()
    answers = {name.split(".")[0]: content for name, content in trade.told("reject").items()}
    for what, (_, told) in WRONG.items():
        first, line, _ = answers.pop(f"Lavka_reserved_202611{days[what]:02}").decode().split("\r\n")
        assert first == "line;field;what;expected"
        assert line.replace('"', "").startswith(told), what
    assert not answers
    assert [row.printed_number for row in await PoolNumber.all()] == ["B1"]
    assert await Job.all().count() == 1
    await trade.turn()
    states = [row.state for row in await RegistryFile.all()]
    assert states == [FileState.ANSWERED] * (len(WRONG) + 1), "each is refused once"


async def test_a_zip_that_is_too_large_is_not_read(
    trade: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_files, "LARGEST", 1_000)
    trade.puts(NAME, zipped(random_text(9_000)))
    await trade.turns()
    (line,) = trade.rejected()
    assert line.endswith("at most 1,000: part it into several")
    await trade.turns()
    assert await RegistryFile.all().count() == 1


async def test_hostile_lines_stop_none_of_the_others(trade: Trade) -> None:
    """A mark of byte order, both ends of lines, quotes, a huge line, NUL, Windows' own letters."""
    lines = [
        b"\xef\xbb\xbfcard_number;barcode;comment\r",
        b'"A1";;"a ; b"\r',
        b'A2;"X""2";',
        b'A3;"open;',
        b"A4;;\xcf\xf0\xe8\xe2\xe5\xf2",
        b"A\x005;;",
        b"A6;;" + random_text(2_000_000),
        b"  A7  ;;",
        b";;",
        "A8;;Жук".encode(),
        b"=1+1;;",
        b"A9;;",
    ]
    trade.puts(NAME, zipped(b"\n".join(lines)))
    await trade.turns()
    pool = {row.printed_number for row in await PoolNumber.all()}
    assert pool == {"A1", "A2", "A7", "A8", "A9", "=1+1"}
    assert [line.rsplit(";", 1)[0] for line in trade.rejected()] == [
        "4;;has a quote that is not closed",
        "5;;is not UTF-8",
        "6;;has control characters",
        "7;;the line is too long",
    ]


async def test_macos_leaves_its_own_beside(trade: Trade) -> None:
    trade.puts(NAME, zipped(GOOD, others={"__MACOSX/._registry.csv": b"x"}))
    await trade.turns()
    assert await PoolNumber.all().count() == 1


async def test_a_busy_machine_is_no_mistake_of_a_file(
    trade: Trade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes too long is tried again, and refused when it always does."""
    monkeypatch.setattr(trade.reader, "_seconds", 0.0)
    trade.puts(NAME, zipped(GOOD))
    for _ in range(3):
        await trade.turn()
    assert not await RegistryFile.all().exists()
    monkeypatch.setattr(trade.reader, "_seconds", 60.0)
    await trade.turns()
    assert await PoolNumber.all().count() == 1
    monkeypatch.setattr(trade.reader, "_seconds", 0.0)
    trade.reserved("B1;", day=22)
    for _ in range(8):
        await trade.turn()
    assert trade.rejected() == ["1;;the ZIP cannot be unpacked;a ZIP of text"]


async def test_another_accounts_folder_is_out_of_reach(trade: Trade) -> None:
    other = trade.root.parent.parent / "other" / "files" / "in"
    other.mkdir(parents=True)
    (other / NAME).write_bytes(zipped(GOOD))
    await trade.turns()
    assert not await RegistryFile.all().exists()
