"""Reads fresh synthetic photos beside zxing-cpp alone, zbar and OpenCV, in one run.

The seed comes from the system and is printed: nobody developed with these photos. A set seed,
KARMAN_BENCH_SEED, gives the same photos again; KARMAN_BENCH_PHOTOS is photos per symbology and
level (10), KARMAN_BENCH_EMPTY photos without a barcode (120). Peers are asked for the eleven
symbologies alone. A number that is called sure and is wrong, or is on no card, is a failure.
"""

import asyncio
import os
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from random import Random

import zxingcpp
from PIL import Image

from backend.reading.files.read_file import read_file
from backend.reading.reader import Reader
from catalog.symbologies.symbol_rules import spellings
from models.barcode_format import BarcodeFormat
from tests.bench.harness import Report, say
from tests.bench.photos import Level, Photo, take_empty_photo, take_photo

NAME = "reading"

AIMS = {Level.EASY: 99.0, Level.MEDIUM: 97.0, Level.HARD: 90.0}
OURS = "karman"
Found = list[tuple[str, bool]]
"""Texts, and whether the reader calls them sure; of peers all are, they know no other."""
Read = Callable[[bytes], Found]


@dataclass(slots=True)
class Tally:
    """Of one reader: photos read by level, photos with a wrong text, CPU seconds of each."""

    read: Counter[Level] = field(default_factory=Counter)
    by_format: Counter[tuple[Level, BarcodeFormat]] = field(default_factory=Counter)
    wrong: int = 0
    doubted: int = 0
    invented: int = 0
    seconds: list[float] = field(default_factory=list)


async def run(report: Report) -> None:
    seed = os.environ.get("KARMAN_BENCH_SEED") or os.urandom(6).hex()
    each = int(os.environ.get("KARMAN_BENCH_PHOTOS", "10"))
    empty = int(os.environ.get("KARMAN_BENCH_EMPTY", "120"))
    say(f"reading: seed {seed}, {each} photos of each symbology and level, {empty} without")
    readers = {OURS: read_karman, "zxing-cpp": read_zxing, **_others()}
    tallies = {name: Tally() for name in readers}
    asked: Counter[Level] = Counter()
    ours = tallies[OURS]
    for level in Level:
        for photo in _photos(seed, level, each):
            asked[level] += 1
            for name, read in readers.items():
                _count(tallies[name], photo, read)
        _tell(report, tallies, level, asked[level], each)
    seconds = sorted(ours.seconds)
    blank = Tally()
    for place in range(empty):
        level = list(Level)[place % 3]
        photo = take_empty_photo(Random(f"{seed} empty {place}"), level)
        for name, read in readers.items():
            _count(blank if name == OURS else tallies[name], photo, read)
    _tell_peers(tallies)
    _none(report, "photos with a wrong number, called sure", ours.wrong)
    _none(report, f"invented on {empty} photos without", blank.invented)
    report.add("photos with a wrong number, to be confirmed", ours.doubted, "")
    report.add("CPU per photo, median", statistics.median(seconds) * 1000, "ms")
    report.add("CPU per photo, worst", seconds[-1] * 1000, "ms")
    report.add("CPU per photo without, worst", max(blank.seconds, default=0) * 1000, "ms")
    await _lag(report, seed)


def _none(report: Report, figure: str, count: int) -> None:
    report.add(figure, count, "", against="limit none", theirs=1, aim=0, aim_is="at most")


def _photos(seed: str, level: Level, each: int) -> Iterator[Photo]:
    for barcode in BarcodeFormat:
        for place in range(each):
            yield take_photo(Random(f"{seed} {level} {barcode} {place}"), level, barcode)


def _count(tally: Tally, photo: Photo, read: Read) -> None:
    began = time.process_time()
    found = read(photo.data)
    tally.seconds.append(time.process_time() - began)
    if photo.barcode is None or photo.value is None:
        tally.invented += bool(found)
        return
    right = spellings(photo.barcode, photo.value)
    if any(text in right for text, _ in found):
        tally.read[photo.level] += 1
        tally.by_format[photo.level, photo.barcode] += 1
    tally.wrong += any(sure and text not in right for text, sure in found)
    tally.doubted += any(not sure and text not in right for text, sure in found)


def _tell(report: Report, tallies: dict[str, Tally], level: Level, asked: int, each: int) -> None:
    ours, aim = tallies[OURS], AIMS[level]
    rate = 100 * ours.read[level] / asked
    report.add(f"{level} read", rate, "%", against="limit all", theirs=100, aim=aim / 100)
    for name, tally in tallies.items():
        if name != OURS:
            theirs = 100 * tally.read[level] / asked
            report.add(f"{level} read", rate, "%", against=f"peer {name}", theirs=theirs)
            say(f"reading: {level}: {name} read {theirs:.1f} %")
    for name, tally in tallies.items():
        cells = (f"{b} {100 * tally.by_format[level, b] // each}" for b in BarcodeFormat)
        say(f"reading: {level}: {name}: " + ", ".join(cells))


def _tell_peers(tallies: dict[str, Tally]) -> None:
    for name, tally in tallies.items():
        if name != OURS:
            say(
                f"reading: {name} wrong on {tally.wrong} photos, invented on {tally.invented}, "
                f"median {statistics.median(tally.seconds) * 1000:.0f} ms CPU"
            )


async def _lag(report: Report, seed: str) -> None:
    """How long the event loop is away while ten photos are read in a worker process.

    A busy machine is away by itself: the same time without reading is measured just before.
    """
    kinds = list(BarcodeFormat)
    photos = [
        take_photo(Random(f"{seed} lag {place}"), Level.MEDIUM, kinds[place % len(kinds)])
        for place in range(10)
    ]
    async with Reader() as reader:
        await reader.read(photos[0].data)  # the start of the process is not what is measured
        idle = await _worst_lag(asyncio.sleep(3))
        reading = await _worst_lag(asyncio.gather(*(reader.read(one.data) for one in photos)))
    report.add("event loop away when idle, worst (wall)", idle * 1000, "ms")
    report.add(
        "event loop away, worst (wall)",
        reading * 1000,
        "ms",
        against="limit 50 ms",
        theirs=50,
        aim=1,
        aim_is="at most",
    )


async def _worst_lag(work: Awaitable[object]) -> float:
    lags: list[float] = []

    async def watch() -> None:
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.005)
            lags.append(time.monotonic() - began - 0.005)

    watching = asyncio.create_task(watch())
    await work
    watching.cancel()
    return max(lags)


def read_karman(data: bytes) -> Found:
    """Confident or to be confirmed: what the person would be shown."""
    return [(one.text, one.confident) for one in read_file(data, budget_seconds=30).barcodes]


def read_zxing(data: bytes) -> Found:
    """All of its loyalty formats, with its own rotation, downscale and inversion."""
    return [(found.text, True) for found in zxingcpp.read_barcodes(_grey(data), _ZXING)]


def _grey(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as picture:
        return picture.convert("L")


_ZXING = zxingcpp.barcode_formats_from_str(
    "QRCode,EAN13,EAN8,UPCA,Code128,Code39,ITF,Codabar,PDF417,Aztec,DataMatrix"
)


def _others() -> dict[str, Read]:
    """Peers that are installed; one that is not is named loudly."""
    found: dict[str, Read] = {}
    for name, make in (("zbar", _zbar), ("OpenCV", _opencv)):
        try:
            found[name] = make()
        except ImportError as missing:
            say(f"reading: LEFT OUT: peer {name} is not installed ({missing})")
    return found


def _zbar() -> Read:
    """Through the system's libzbar0; ImportError says where that is missing."""
    from pyzbar import pyzbar

    kinds = ["EAN13", "EAN8", "UPCA", "CODE128", "CODE39", "I25", "CODABAR", "QRCODE"]
    symbols = [pyzbar.ZBarSymbol[kind] for kind in kinds]

    def read(data: bytes) -> Found:
        found = pyzbar.decode(_grey(data), symbols=symbols)
        return [(one.data.decode(errors="replace"), True) for one in found]

    return read


def _opencv() -> Read:
    import cv2
    import numpy as np

    squares, bars = cv2.QRCodeDetector(), cv2.barcode.BarcodeDetector()

    def read(data: bytes) -> Found:
        picture = np.asarray(_grey(data))
        _, texts, _, _ = squares.detectAndDecodeMulti(picture)
        _, lines, _, _ = bars.detectAndDecodeWithType(picture)
        return [(text, True) for text in (*texts, *lines) if text]

    return read
