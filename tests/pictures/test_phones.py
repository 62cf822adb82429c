"""Cards as phones show them: whole, readable, and drawn whatever a brand writes."""

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from backend.pictures.phones.apple_back import apple_back
from backend.pictures.phones.apple_front import apple_front
from backend.pictures.phones.google_card import google_card
from backend.pictures.phones.phone_card import Code, Line, PhoneCard
from models.barcode_format import BarcodeFormat

LONG = "Несравненная карта постоянного посетителя " * 8
BARE = PhoneCard("Лавка", "Карта «Лавка»", (31, 111, 80), (255, 255, 255), (244, 201, 93))
CODES = {
    BarcodeFormat.EAN13: "4600000000015",
    BarcodeFormat.CODE128: "LC-20481234",
    BarcodeFormat.QR: "LC-20481234",
    BarcodeFormat.PDF417: "LC-20481234",
}


def opened(drawn: bytes) -> Image.Image:
    with Image.open(BytesIO(drawn)) as picture:
        assert picture.format == "PNG"
        return picture.convert("RGB")


def png(size: tuple[int, int], colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("barcode", CODES)
@pytest.mark.parametrize("draw", [apple_front, google_card])
def test_the_barcode_on_the_picture_is_read(draw: object, barcode: BarcodeFormat) -> None:
    card = replace(BARE, code=Code(barcode, CODES[barcode], "№ 7"))
    (read,) = zxingcpp.read_barcodes(opened(draw(card)))  # type: ignore[operator]
    assert read.text == CODES[barcode]


def test_what_is_on_the_strip_already_is_not_drawn_again() -> None:
    card = replace(BARE, strip=png((1125, 432), "white"), drawn=True)
    code = Code(BarcodeFormat.QR, "LC-1", "LC-1")
    assert not zxingcpp.read_barcodes(opened(apple_front(replace(card, code=code))))


@pytest.mark.parametrize("draw", [apple_front, google_card, lambda c: apple_back(c, LONG)])
def test_whatever_is_written_fits(draw: object) -> None:
    line = Line(LONG, LONG, leads=True)
    full = PhoneCard(
        LONG, LONG, (255, 255, 255), (0, 0, 0), (0, 0, 0),
        logo=png((2000, 100), "red"), strip=png((10, 10), "blue"), header=(line,) * 3,
        primary=line, rows=((line,) * 4, (line,) * 4), back=(line,) * 60,
    )  # fmt: skip
    drawn = opened(draw(full))  # type: ignore[operator]
    assert drawn.width == 1245
    assert drawn.height < 6200
    broken = replace(full, logo=b"not a picture", strip=b"", header=(), primary=None, rows=())
    assert opened(draw(replace(broken, brand="", title="🙂"))).width == 1245  # type: ignore[operator]


def test_the_ground_is_the_brand_s() -> None:
    for drawn in (apple_front(BARE), google_card(BARE)):
        assert opened(drawn).getpixel((1245 // 2, 360)) == BARE.ground
