"""Every symbology is read back as itself, and none is taken for another."""

import string
from random import Random

import pytest
import zxingcpp
from PIL import Image

from backend.pictures.symbol import draw_symbol
from backend.reading.files.read_file import read_file
from models.barcode_format import BarcodeFormat
from tests.bench.photo_cards import some_value
from tests.reading.hostile_files import saved

PHARMACY = "066907", "8WZXCK", "000000", "123456", "ABC-12345", "BCDFGH"
"""Six characters of Code 39 may fit the check digit of an Italian pharmacy number."""


def picture(barcode: BarcodeFormat, value: str) -> bytes:
    symbol = draw_symbol(barcode, value, scale=3)
    page = Image.new("L", (symbol.width + 80, symbol.height + 80), "white")
    page.paste(symbol, (40, 40))
    return saved(page, "PNG")


def read(data: bytes) -> list[tuple[BarcodeFormat, str]]:
    return [(found.format, found.text) for found in read_file(data, budget_seconds=60).barcodes]


@pytest.mark.parametrize("barcode", BarcodeFormat)
def test_what_we_draw_is_read_back_as_itself(barcode: BarcodeFormat) -> None:
    random = Random(f"as itself {barcode}")
    for _ in range(12):
        value = some_value(random, barcode)
        assert read(picture(barcode, value)) == [(barcode, value)]


@pytest.mark.parametrize("value", PHARMACY)
def test_six_characters_of_code_39_are_no_pharmacy_number(value: str) -> None:
    assert read(picture(BarcodeFormat.CODE39, value)) == [(BarcodeFormat.CODE39, value)]


def test_many_numbers_of_six_characters_are_read_as_they_are() -> None:
    random = Random("six")
    for alphabet in (string.digits, string.digits + "BCDFGHJKLMNPQRSTUVWXYZ"):
        for _ in range(25):
            value = "".join(random.choices(alphabet, k=6))
            assert read(picture(BarcodeFormat.CODE39, value)) == [(BarcodeFormat.CODE39, value)]


@pytest.mark.parametrize(
    ("relative", "text"),
    [
        (zxingcpp.BarcodeFormat.MicroQRCode, "12345"),
        (zxingcpp.BarcodeFormat.RMQRCode, "KARMAN"),
        (zxingcpp.BarcodeFormat.MicroPDF417, "KARMAN 42"),
        (zxingcpp.BarcodeFormat.AztecRune, "25"),
    ],
)
def test_a_relative_that_cannot_be_drawn_again_is_not_taken_for_it(
    relative: zxingcpp.BarcodeFormat, text: str
) -> None:
    drawn = zxingcpp.create_barcode(text, relative).to_image(scale=6, add_quiet_zones=True)
    assert read(saved(Image.fromarray(drawn), "PNG")) == []
