"""The picture with nothing but the barcode: a till reads it off a phone, recompressed or not."""

from io import BytesIO

import pytest
from PIL import Image

from backend.pictures.barcode_sheet import (
    LONGEST,
    PHONE_MM,
    TURNED,
    UPRIGHT,
    Sheet,
    draw_sheet,
    lies,
)
from backend.pictures.symbol import fit_symbol, module_pixels
from models.barcode_format import BarcodeFormat
from tests.pictures.test_card_picture_decodes import LONGEST as LONGEST_VALUES
from tests.pictures.test_card_picture_decodes import assert_reads

USUAL = {
    BarcodeFormat.QR: "LC-20481234",
    BarcodeFormat.EAN13: "4006381333931",
    BarcodeFormat.EAN8: "96385074",
    BarcodeFormat.UPCA: "036000291452",
    BarcodeFormat.CODE128: "LC20481234",
    BarcodeFormat.CODE39: "LC204812",
    BarcodeFormat.ITF: "20481234",
    BarcodeFormat.CODABAR: "20481234",
    BarcodeFormat.PDF417: "LC-20481234",
    BarcodeFormat.AZTEC: "LC-20481234",
    BarcodeFormat.DATAMATRIX: "LC-20481234",
}


def opened(barcode: BarcodeFormat, value: str) -> Image.Image:
    with Image.open(BytesIO(draw_sheet(Sheet(value, value, barcode)))) as picture:
        return picture.convert("RGB")


def recompressed(picture: Image.Image, share: float) -> Image.Image:
    """As a messenger hands it on: smaller, and squeezed once more."""
    size = (round(picture.width * share), round(picture.height * share))
    file = BytesIO()
    picture.resize(size, Image.Resampling.BILINEAR).save(file, "JPEG", quality=60)
    with Image.open(file) as squeezed:
        return squeezed.convert("RGB")


@pytest.mark.parametrize("barcode", BarcodeFormat)
def test_the_usual_and_the_longest_numbers_read_back(barcode: BarcodeFormat) -> None:
    for value in (USUAL[barcode], *LONGEST_VALUES[barcode]):
        picture = opened(barcode, value)
        assert_reads(picture, barcode, value)
        for share in (1.0, 0.6):
            assert_reads(recompressed(picture, share), barcode, value)


@pytest.mark.parametrize("barcode", BarcodeFormat)
def test_it_is_white_fits_a_phone_and_a_messenger(barcode: BarcodeFormat) -> None:
    for value in (USUAL[barcode], *LONGEST_VALUES[barcode]):
        picture = opened(barcode, value)
        assert max(picture.size) <= LONGEST
        assert picture.width in {UPRIGHT, TURNED}
        corners = [(0, 0), (picture.width - 1, 0), (0, picture.height - 1)]
        assert [picture.getpixel(corner) for corner in corners] == [(255, 255, 255)] * 3


def test_bars_are_turned_only_where_that_widens_them() -> None:
    """Half a millimetre per module on a phone 70 mm wide, or all that its length gives."""
    assert [kind for kind, value in USUAL.items() if lies(Sheet(value, value, kind))] == [
        BarcodeFormat.CODE39
    ]
    long = Sheet("", "9" * 30, BarcodeFormat.ITF)
    assert lies(long)
    upright = module_pixels(long.format, long.value, UPRIGHT, 500) / UPRIGHT
    turned = module_pixels(long.format, long.value, LONGEST, 500) / TURNED
    assert turned > 1.8 * upright


def test_a_square_symbol_takes_the_whole_width() -> None:
    for kind in (BarcodeFormat.QR, BarcodeFormat.AZTEC, BarcodeFormat.DATAMATRIX):
        symbol = fit_symbol(kind, USUAL[kind], UPRIGHT, UPRIGHT)
        assert symbol.width > 0.9 * UPRIGHT
        assert not lies(Sheet("", USUAL[kind], kind))


@pytest.mark.parametrize("kind", [BarcodeFormat.EAN8, BarcodeFormat.EAN13, BarcodeFormat.UPCA])
def test_retail_bars_end_at_the_largest_size_of_the_standard(kind: BarcodeFormat) -> None:
    """ISO/IEC 15420: 0.66 mm per module."""
    pixels = module_pixels(kind, USUAL[kind], UPRIGHT, 500)
    assert 0.5 <= pixels * PHONE_MM / UPRIGHT <= 0.66
