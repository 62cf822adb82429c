"""Whatever is sent, an answer comes back in time and memory stays bounded."""

import asyncio
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from backend.reading import turns
from backend.reading.files.open_file import MAX_BYTES
from backend.reading.reader import Reader
from backend.reading.result import Reading, Unreadable
from tests.reading import hostile_files as hostile

LONGEST_SECONDS = 12.0
"""Of CPU, what a file may take of a reader as Karman starts it."""
MOST_MEMORY_KB = 900 * 1024

JPEG, PNG, WEBP, PDF = (hostile.saved(hostile.card(), k) for k in ("JPEG", "PNG", "WEBP", "PDF"))

REFUSED: dict[str, tuple[Callable[[], bytes], Unreadable]] = {
    "nothing": (lambda: b"", Unreadable.EMPTY),
    "21 MB": (lambda: hostile.noise(MAX_BYTES + 1, JPEG[:4]), Unreadable.TOO_LARGE),
    "20 MB of noise": (lambda: hostile.noise(MAX_BYTES), Unreadable.NOT_A_PICTURE),
    "20 MB of noise as JPEG": (lambda: hostile.noise(MAX_BYTES, JPEG[:4]), Unreadable.DAMAGED),
    "20 MB of noise as PDF": (lambda: hostile.noise(MAX_BYTES, b"%PDF-1.7"), Unreadable.DAMAGED),
    "81 MP in 10 kB": (lambda: hostile.png_bomb(9000, 9000), Unreadable.TOO_MANY_PIXELS),
    "400 MP in 50 kB": (lambda: hostile.png_bomb(20000, 20000), Unreadable.TOO_MANY_PIXELS),
    "a PNG that lies": (lambda: hostile.png_that_lies(60000, 60000), Unreadable.TOO_MANY_PIXELS),
    "a small PNG that lies": (lambda: hostile.png_that_lies(4000, 4000), Unreadable.DAMAGED),
    "a bomb in a comment": (hostile.png_text_bomb, Unreadable.DAMAGED),
    "half a JPEG": (lambda: JPEG[: len(JPEG) // 2], Unreadable.DAMAGED),
    "half a PNG": (lambda: PNG[: len(PNG) // 2], Unreadable.DAMAGED),
    "half a WEBP": (lambda: WEBP[: len(WEBP) // 2], Unreadable.DAMAGED),
    "a PDF's first bytes": (lambda: PDF[:60], Unreadable.DAMAGED),
    "a JPEG's first bytes": (lambda: JPEG[:20], Unreadable.DAMAGED),
    "a locked PDF": (hostile.locked_pdf, Unreadable.ENCRYPTED),
    "HEIC": (hostile.heic, Unreadable.HEIC),
    **{
        f"a {name} file": (partial(bytes, data), Unreadable.NOT_A_PICTURE)
        for name, data in hostile.others()
    },
}

ANSWERED: dict[str, Callable[[], bytes]] = {
    "a page of 14 km": lambda: hostile.pdf(
        *hostile.one_page(hostile.stream(b"0 0 9 9 re f"), b"0 0 40000000 40000000")
    ),
    "a page of nothing": lambda: hostile.pdf(*hostile.one_page(hostile.stream(b""), b"0 0 0 0")),
    "5000 pages": lambda: hostile.many_pages_pdf(5000),
    "a PDF packed three times": hostile.nested_pdf,
    "a PDF that draws itself": hostile.recursive_pdf,
    "a PDF that explodes": hostile.explosive_pdf,
    "400 MP in a PDF": lambda: hostile.picture_bomb_pdf(20000),
    "half a PDF": lambda: PDF[: len(PDF) // 2],
    **{f"random bytes {n}": partial(hostile.noise, 5000 + n) for n in range(3)},
    **{f"random PNG {n}": partial(hostile.noise, 3000, PNG[: 40 + n]) for n in range(3)},
    **{f"random WEBP {n}": partial(hostile.noise, 3000, WEBP[: 30 + n]) for n in range(3)},
    **{f"random PDF {n}": partial(hostile.noise, 3000, PDF[: 300 + n]) for n in range(3)},
}


async def read(reader: Reader, data: bytes) -> Reading:
    before = cpu_seconds(reader)
    reading = await reader.read(data)
    assert cpu_seconds(reader) - before < LONGEST_SECONDS
    return reading


def cpu_seconds(reader: Reader) -> float:
    """Of the processes that run, since they started."""
    ticks = 0
    for pid in reader.pids:
        words = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2].split()
        ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_memory_kb(reader: Reader) -> int:
    """Of the worker processes, resident, since they started."""
    peaks = [
        int(line.split()[1])
        for pid in reader.pids
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmHWM:")
    ]
    return max(peaks, default=0)


@pytest.mark.parametrize("name", REFUSED)
async def test_a_file_that_is_no_card_is_refused_by_name(name: str, reader: Reader) -> None:
    make, code = REFUSED[name]
    reading = await read(reader, make())
    assert reading.refused is code
    assert reading.barcodes == ()
    assert peak_memory_kb(reader) < 250 * 1024


@pytest.mark.parametrize("name", ANSWERED)
async def test_a_hostile_file_is_answered_and_the_next_card_is_read(
    name: str, reader: Reader
) -> None:
    reading = await read(reader, ANSWERED[name]())
    assert reading.barcodes == ()
    assert peak_memory_kb(reader) < MOST_MEMORY_KB
    after = await read(reader, PNG)
    assert [found.text for found in after.barcodes] == [hostile.NUMBER]


async def test_polyglots_are_what_they_begin_with(reader: Reader) -> None:
    for data in (hostile.jpeg_and_zip(), PNG + PDF, JPEG + PNG):
        reading = await read(reader, data)
        assert [found.text for found in reading.barcodes] == [hostile.NUMBER]


async def test_the_first_frame_of_an_animation_counts(reader: Reader) -> None:
    for kind in ("WEBP", "PNG"):
        reading = await read(reader, hostile.animated(kind))
        assert [found.text for found in reading.barcodes] == [hostile.NUMBER]


async def test_the_loop_stays_free_while_ten_files_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # On a busy machine the last of ten waits longer than people would.
    monkeypatch.setattr(turns, "PATIENCE", 600.0)
    files = [
        JPEG,
        PNG,
        hostile.png_bomb(9000, 9000),
        WEBP,
        hostile.noise(MAX_BYTES, JPEG[:4]),
        PDF,
        hostile.explosive_pdf(),
        JPEG[:5000],
        hostile.picture_bomb_pdf(8000),
        hostile.saved(hostile.card().resize((5000, 4000)), "JPEG"),
    ]
    lags = []

    async def watch() -> None:
        while True:
            began = time.thread_time(), time.monotonic()
            await asyncio.sleep(0.005)
            # A busy machine delays every process; what this thread itself computed is ours.
            lags.append(min(time.monotonic() - began[1] - 0.005, time.thread_time() - began[0]))

    async with Reader(processes=2, seconds=60) as reader:
        watching = asyncio.create_task(watch())
        readings = await asyncio.gather(*(reader.read(data) for data in files))
        watching.cancel()
    assert max(lags) < 0.050
    assert [bool(reading.barcodes) for reading in readings].count(True) == 5
