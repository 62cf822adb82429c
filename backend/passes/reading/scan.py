"""The one place that asks zxing-cpp to read: an image in, sightings out."""

from dataclasses import dataclass
from typing import Any

import zxingcpp
from PIL import Image

from models.barcode_format import BarcodeFormat

_MATRIX = {
    zxingcpp.BarcodeFormat.QRCode: BarcodeFormat.QR,
    zxingcpp.BarcodeFormat.Aztec: BarcodeFormat.AZTEC,
    zxingcpp.BarcodeFormat.DataMatrix: BarcodeFormat.DATAMATRIX,
}
_STRIPES = {
    zxingcpp.BarcodeFormat.EAN13: BarcodeFormat.EAN13,
    zxingcpp.BarcodeFormat.EAN8: BarcodeFormat.EAN8,
    zxingcpp.BarcodeFormat.Code128: BarcodeFormat.CODE128,
    zxingcpp.BarcodeFormat.Code39: BarcodeFormat.CODE39,
    zxingcpp.BarcodeFormat.ITF: BarcodeFormat.ITF,
    zxingcpp.BarcodeFormat.Codabar: BarcodeFormat.CODABAR,
    zxingcpp.BarcodeFormat.PDF417: BarcodeFormat.PDF417,
}
# UPC-A is read as EAN-13. UPC-E is no format of a card, and a torn EAN-13 reads as one.
_KNOWN = {**_MATRIX, **_STRIPES}
_EVERY_FORMAT = zxingcpp.BarcodeFormats(list(_KNOWN))
_STRIPE_FORMATS = zxingcpp.BarcodeFormats(list(_STRIPES))

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sighting:
    """Corners from the top left clockwise as the symbol stands, in pixels of the image."""

    format: BarcodeFormat
    text: str
    corners: tuple[Point, Point, Point, Point]


def scan(image: Image.Image) -> list[Sighting]:
    """Everything seen in a grey image: bars have to stand or lie within some 10°."""
    return _sightings(image, _EVERY_FORMAT, {})


def scan_stripes(image: Image.Image) -> list[Sighting]:
    """Linear symbols and PDF417 whose bars stand upright; much faster than `scan`."""
    return _sightings(image, _STRIPE_FORMATS, {"try_rotate": False, "try_downscale": False})


def _sightings(
    image: Image.Image, formats: zxingcpp.BarcodeFormats, options: dict[str, Any]
) -> list[Sighting]:
    found = zxingcpp.read_barcodes(image, formats, text_mode=zxingcpp.TextMode.Plain, **options)
    return [sighting for barcode in found if (sighting := _sighting(barcode)) is not None]


def _sighting(barcode: zxingcpp.Barcode) -> Sighting | None:
    known = _KNOWN.get(barcode.format) or _KNOWN.get(barcode.symbology)
    if known is None or not barcode.text:
        return None
    text = barcode.text
    if known is BarcodeFormat.EAN13 and text.startswith("0"):
        # The same bars; twelve digits are what is printed below them.
        known, text = BarcodeFormat.UPCA, text[1:]
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    first, second, third, fourth = ((float(corner.x), float(corner.y)) for corner in corners)
    return Sighting(known, text, (first, second, third, fourth))
