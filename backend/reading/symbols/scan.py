"""The one place that asks zxing-cpp to read: an image in, sightings out."""

from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image

from models.barcode_format import BarcodeFormat

_Z = zxingcpp.BarcodeFormat
_MATRIX = {
    _Z.QRCode: BarcodeFormat.QR,
    _Z.QRCodeModel1: BarcodeFormat.QR,
    _Z.Aztec: BarcodeFormat.AZTEC,
    _Z.DataMatrix: BarcodeFormat.DATAMATRIX,
}
_STRIPES = {
    _Z.EAN13: BarcodeFormat.EAN13,
    _Z.EAN8: BarcodeFormat.EAN8,
    _Z.Code128: BarcodeFormat.CODE128,
    _Z.Code39: BarcodeFormat.CODE39,
    _Z.ITF: BarcodeFormat.ITF,
    _Z.Codabar: BarcodeFormat.CODABAR,
    _Z.PDF417: BarcodeFormat.PDF417,
}
_KNOWN = {**_MATRIX, **_STRIPES}
"""By the format that is reported. What is not named is another symbology: Micro QR, rMQR,
MicroPDF417 and Aztec runes cannot be drawn again as what they were."""

# Asked for by variant, because a family brings its relatives: Code39 would turn six characters
# into an Italian pharmacy number of ten. UPC-A is read as EAN-13. UPC-E is no format of a card,
# and a torn EAN-13 reads as one.
_LINES = [_Z.EAN13, _Z.EAN8, _Z.Code128, _Z.Code39Std, _Z.ITF, _Z.Codabar, _Z.PDF417]
_SQUARES = [_Z.QRCodeModel2, _Z.QRCodeModel1, _Z.AztecCode, _Z.DataMatrix]
_EVERY_FORMAT = zxingcpp.BarcodeFormats([*_SQUARES, *_LINES])
_STRIPE_FORMATS = zxingcpp.BarcodeFormats(_LINES)
_SQUARE_FORMATS = zxingcpp.BarcodeFormats(_SQUARES)

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Sighting:
    """Corners from the top left clockwise as the symbol stands, in pixels of the image."""

    format: BarcodeFormat
    text: str
    corners: Corners


def scan(image: Image.Image) -> list[Sighting]:
    """Everything seen in a grey image: bars have to stand or lie within some 10°."""
    return _sightings(image, _EVERY_FORMAT, {})


def scan_stripes(image: Image.Image) -> list[Sighting]:
    """Linear symbols and PDF417 whose bars stand upright; much faster than `scan`."""
    return _sightings(image, _STRIPE_FORMATS, {"try_rotate": False, "try_downscale": False})


def scan_squares(image: Image.Image) -> list[Sighting]:
    """Squares, with one threshold for all of the image: what is dark by itself needs no
    neighbourhood, and a low-resolution square has none."""
    return _sightings(image, _SQUARE_FORMATS, {"binarizer": zxingcpp.Binarizer.GlobalHistogram})


def _sightings(
    image: Image.Image, formats: zxingcpp.BarcodeFormats, options: dict[str, Any]
) -> list[Sighting]:
    found = zxingcpp.read_barcodes(image, formats, text_mode=zxingcpp.TextMode.Plain, **options)
    return [sighting for barcode in found if (sighting := _sighting(barcode)) is not None]


def _sighting(barcode: zxingcpp.Barcode) -> Sighting | None:
    known = _KNOWN.get(barcode.format)
    if known is None or not barcode.text:
        return None
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    first, second, third, fourth = ((float(corner.x), float(corner.y)) for corner in corners)
    return sighting(known, barcode.text, (first, second, third, fourth))


def sighting(known: BarcodeFormat, text: str, corners: Corners) -> Sighting:
    """An EAN-13 that begins with 0 is named as it is printed: UPC-A of twelve digits."""
    if known is BarcodeFormat.EAN13 and text.startswith("0"):
        return Sighting(BarcodeFormat.UPCA, text[1:], corners)
    return Sighting(known, text, corners)
