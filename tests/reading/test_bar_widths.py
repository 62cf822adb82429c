"""EAN and UPC by the widths of their bars: blurred, inked, bent, tiny, and what is none."""

from random import Random

import numpy as np
import pytest
from PIL import Image, ImageFilter

from backend.pictures.symbol import draw_symbol
from backend.reading.symbols.deadline import Deadline
from backend.reading.symbols.ladder import read_page
from backend.reading.symbols.retail import agreed, fit, measure
from backend.reading.symbols.retail_symbol import LONG, SHORT, Layout
from backend.reading.symbols.scan import Sighting, scan_stripes
from backend.reading.symbols.unblur import unblurred_looks
from backend.reading.symbols.votes import Width
from models.barcode_format import BarcodeFormat
from tests.bench.photo_cards import some_value

FINE = 12
"""Pixels per module in which a row is drawn before a lens sees it."""


def row(barcode: BarcodeFormat, value: str, module: float, blur: float, spread: float) -> bytes:
    """Grey levels across a symbol; `module` in pixels, blur and spread in modules."""
    drawn = draw_symbol(barcode, value, scale=FINE)
    line = drawn.crop((0, drawn.height // 2, drawn.width, drawn.height // 2 + 1)).resize(
        (drawn.width, 60)
    )
    crept = round(abs(spread) * FINE)
    if crept:
        kind = ImageFilter.MinFilter if spread > 0 else ImageFilter.MaxFilter
        line = line.filter(kind(2 * crept + 1))
    line = line.filter(ImageFilter.GaussianBlur(blur * FINE))
    small = line.resize((round(line.width * module / FINE), 8), Image.Resampling.BOX)
    return small.resize((900, 8), Image.Resampling.BICUBIC).tobytes()[:900]


def levels(line: bytes) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return 255.0 - np.frombuffer(line, dtype=np.uint8).astype(np.float64)


@pytest.mark.parametrize(
    ("module", "blur", "spread"),
    [(4, 0.3, 0), (1.4, 0.4, 0), (2, 0.65, 0), (3, 0.4, 0.25), (3, 0.4, -0.2), (2, 0.6, 0.15)],
)
def test_a_number_is_told_through_lens_and_ink(module: float, blur: float, spread: float) -> None:
    random = Random(f"told {module} {blur} {spread}")
    for barcode in (BarcodeFormat.EAN13, BarcodeFormat.UPCA):
        value = some_value(random, barcode)
        line = levels(row(barcode, value, module, blur, spread))
        for seen in (line, line[::-1].copy()):
            told = fit(seen, LONG)
            assert told.code.text == value.zfill(13)
            assert told.width is Width.TOLD


def test_what_one_part_of_a_strip_says_alone_is_no_number() -> None:
    """Stripes of a cloth: told by a hair in one row, and another number in each other row."""
    one, other, third = (
        fit(levels(row(BarcodeFormat.EAN13, value, 3, 0.4, 0)), LONG)
        for value in ("4499466336666", "2904693936906", "4000000000006")
    )
    assert one.width is other.width is third.width is Width.TOLD
    assert agreed([one, other, third]) == []
    assert agreed([one, other, one]) == [one, one]


def test_eight_digits_are_told_as_eight() -> None:
    value = some_value(Random("eight"), BarcodeFormat.EAN8)
    line = levels(row(BarcodeFormat.EAN8, value, 2, 0.5, 0.1))
    assert fit(line, SHORT).code.text == value
    assert fit(line, SHORT).width is Width.TOLD
    assert fit(line, LONG).width is not Width.TOLD


@pytest.mark.parametrize("layout", [LONG, SHORT], ids=["long", "short"])
def test_other_stripes_tell_no_number(layout: Layout) -> None:
    random = Random("other")
    kinds = (BarcodeFormat.CODE128, BarcodeFormat.ITF, BarcodeFormat.CODE39, BarcodeFormat.CODABAR)
    for barcode in kinds:
        for blur in (0.3, 0.9):
            line = levels(row(barcode, some_value(random, barcode), 3, blur, 0))
            assert fit(line, layout).width is not Width.TOLD
    for seed in range(4):
        noise = np.random.default_rng(seed).normal(size=(900 // 6)).repeat(6)
        assert fit(noise * 60 + 128, layout).width is not Width.TOLD


def test_a_number_that_the_bars_do_not_have_is_found_out() -> None:
    value, wrong = "4006381333931", "4006381333948"
    line = row(BarcodeFormat.EAN13, value, 4, 0.3, 0.2)
    strip = Image.frombytes("L", (900, 40), line * 40)
    dark = [place for place, level in enumerate(line) if level < 128]
    left, right = float(min(dark)), float(max(dark))
    place = ((left, 5.0), (right, 5.0), (right, 35.0), (left, 35.0))
    for claimed in (value, wrong):
        told, width = measure(strip, Sighting(BarcodeFormat.EAN13, claimed, place))
        assert (told.text, width) == (value, Width.TOLD)


def test_a_small_blurred_symbol_that_no_scanner_reads_is_read() -> None:
    page = Image.new("L", (320, 240), 90)
    symbol = draw_symbol(BarcodeFormat.EAN13, "4006381333931", scale=4)
    page.paste(symbol.resize((170, 100), Image.Resampling.BOX), (60, 70))
    turned = page.rotate(9, Image.Resampling.BICUBIC, fillcolor=90)
    seen = turned.filter(ImageFilter.GaussianBlur(1.0))
    (verdict,) = read_page(seen, Deadline.after(60))
    assert (verdict.format, verdict.text) == (BarcodeFormat.EAN13, "4006381333931")


def test_bars_that_a_lens_has_washed_together_come_back() -> None:
    """A Gaussian blur of a known width is undone; a scanner of edges sees nothing before."""
    value = "KARMAN-42"
    drawn = draw_symbol(BarcodeFormat.CODE128, value, scale=4).convert("L")
    small = drawn.resize((drawn.width // 2, 60), Image.Resampling.BOX)
    page = Image.new("L", (small.width + 60, 120), 255)
    page.paste(small, (30, 30))
    strip = page.filter(ImageFilter.GaussianBlur(1.4)).crop((0, 40, page.width, 80))
    strip = strip.resize((2 * strip.width, 24), Image.Resampling.BICUBIC)
    assert scan_stripes(strip) == []
    looks = list(unblurred_looks(strip, 2.0))
    assert {(seen.format, seen.text) for look in looks for seen in look} == {
        (BarcodeFormat.CODE128, value)
    }
    assert len([look for look in looks if look]) >= 2
