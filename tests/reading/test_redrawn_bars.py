"""ITF, Codabar and Code 39 as cards carry them: cut close, inked heavily, partly covered."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from backend.pictures.symbol import draw_symbol
from backend.reading.files.read_file import read_file
from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.ladder import _untorn, read_page
from backend.reading.symbols.redrawn import edges, redrawn_looks, symbol
from backend.reading.symbols.scan import Sighting, scan_stripes
from catalog.symbologies.symbol_rules import spellings
from models.barcode_format import BarcodeFormat
from tests.bench.photo_cards import some_value
from tests.bench.photos import Level, take_photo

WEAK = (BarcodeFormat.ITF, BarcodeFormat.CODABAR, BarcodeFormat.CODE39)
MODULE = 4
"""Pixels of a narrow bar."""
DARK, PAPER = 40, 235


def label(barcode: BarcodeFormat, value: str, *, paper: float = 10, inked: int = 0) -> Image.Image:
    """A label on a dark card: `paper` modules beside the bars, each edge moved by `inked`
    pixels."""
    drawn = draw_symbol(barcode, value, scale=MODULE).convert("L")
    if inked:
        drawn = drawn.filter(ImageFilter.MinFilter(2 * inked + 1))
    levels = np.asarray(drawn)
    columns = np.flatnonzero((levels < 128).any(axis=0))
    bars = drawn.crop((int(columns[0]), drawn.height // 3, int(columns[-1]) + 1, drawn.height // 2))
    bars = bars.resize((bars.width, 60)).point(lambda level: DARK if level < 128 else PAPER)
    beside = round(paper * MODULE)
    card = Image.new("L", (bars.width + 2 * beside + 160, 120), DARK)
    card.paste(PAPER, (80, 10, card.width - 80, 110))
    card.paste(bars, (80 + beside, 30))
    return card


def strip_of(card: Image.Image) -> Image.Image:
    """The bars alone, three pixels for each of the card."""
    bars = card.crop((0, 36, card.width, 84))
    return bars.resize((3 * bars.width, 60), Image.Resampling.BICUBIC)


def texts(card: Image.Image) -> list[set[str]]:
    """What each part of the strip says."""
    return [{seen.text for seen in look} for look in redrawn_looks(strip_of(card), 3.0)]


@pytest.mark.parametrize("barcode", WEAK)
def test_a_label_cut_close_to_its_bars_is_read(barcode: BarcodeFormat) -> None:
    value = some_value(Random(f"close {barcode}"), barcode)
    card = label(barcode, value, paper=5.5)
    assert all(len(look) == 1 and look <= spellings(barcode, value) for look in texts(card))


def test_a_scanner_does_not_read_an_itf_cut_close_and_the_page_tells_it_all_the_same() -> None:
    card = label(BarcodeFormat.ITF, "620298791912", paper=5)
    assert scan_stripes(strip_of(card)) == []
    page = Image.new("L", (card.width + 80, 400), 120)
    page.paste(card, (40, 140))
    (verdict,) = read_page(page, Deadline.after(60))
    assert (verdict.format, verdict.text) == (BarcodeFormat.ITF, "620298791912")
    assert not verdict.confident


@pytest.mark.parametrize(
    ("barcode", "place"),
    [(BarcodeFormat.ITF, 2), (BarcodeFormat.ITF, 3), (BarcodeFormat.CODABAR, 3)],
)
def test_sharp_photos_that_a_scanner_gives_up_are_read(barcode: BarcodeFormat, place: int) -> None:
    """Cut close, read torn where rows leave it; cut close; inked."""
    photo = take_photo(Random(f"many easy {barcode} {place}"), Level.EASY, barcode)
    assert photo.value is not None
    (found,) = read_file(photo.data, budget_seconds=60).barcodes
    assert found.text in spellings(barcode, photo.value)
    assert not found.confident


def test_a_part_that_a_few_lines_of_the_page_show_is_no_number() -> None:
    long, thin = ((0.0, 0.0), (200.0, 0.0)), ((200.0, 4.0), (0.0, 4.0))
    torn = Sighting(BarcodeFormat.ITF, "62029879", (*long, *thin))
    whole = replace(torn, corners=(*long, (200.0, 60.0), (0.0, 60.0)))
    checked = replace(torn, format=BarcodeFormat.CODE128)
    assert _untorn([torn, whole, checked]) == [whole, checked]


def test_ink_that_spread_is_taken_back() -> None:
    """Of four pixels a narrow space keeps two, and a narrow bar has six."""
    card = label(BarcodeFormat.CODABAR, "A0565436223317A", inked=1)
    places = edges(np.asarray(strip_of(card), dtype=np.float64)[30] * -1.0 + 137)
    told = symbol(places)
    assert told is not None
    assert told.spread == pytest.approx(2 * 3, abs=1)
    assert told.module == pytest.approx(MODULE * 3, abs=1)
    assert texts(card) == [{"A0565436223317A"}] * 4


@pytest.mark.parametrize(
    ("value", "at", "torn"),
    [
        ("3435932616008969", 0.3, "2616008969"),
        ("189552918285", 0.7, "18955291"),
        ("21290982", 0.8, "212909"),
    ],
)
def test_of_a_number_that_a_blot_covers_no_part_is_told(value: str, at: float, torn: str) -> None:
    """Where the blot lies, what is left on one side begins and ends as a whole number does."""
    card = label(BarcodeFormat.ITF, value)
    left, right = 80 + 10 * MODULE, card.width - 80 - 10 * MODULE
    blot = left + int((right - left) * at)
    draw = ImageDraw.Draw(card)
    draw.rectangle((blot, 0, blot + 8 * MODULE, 120), PAPER)
    assert texts(card) == [set()] * 4
    rest = (0, 0, blot, 120) if value.endswith(torn) else (blot, 0, card.width, 120)
    draw.rectangle(rest, PAPER)
    assert texts(card) == [{torn}] * 4


def test_rows_that_lost_bars_are_not_asked() -> None:
    """Where rows leave a tilted symbol, what is left of it may look whole."""
    card = label(BarcodeFormat.ITF, "62029879191234")
    short = label(BarcodeFormat.ITF, "620298", paper=10)
    card.paste(PAPER, (80, 66, card.width - 80, 110))
    card.paste(short.crop((80, 30, short.width - 80, 90)).resize((short.width - 160, 44)), (80, 66))
    assert texts(card)[0] == {"62029879191234"}
    assert texts(card)[2] == set()


def test_stripes_and_chess_are_no_bars() -> None:
    assert symbol(edges(np.sin(np.arange(900) / 5))) is not None
    assert symbol(edges(np.full(900, -1.0))) is None
    assert symbol(edges(np.sin(np.arange(100) / 5))) is None
    fence = Image.new("L", (900, 60), PAPER)
    for place in range(100, 800, 18):
        fence.paste(DARK, (place, 0, place + 9, 60))
    assert [look for look in redrawn_looks(fence, 3.0) if look] == []
