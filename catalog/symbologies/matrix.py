"""The one place that asks zxing-cpp for a symbol: text in, black and white modules out."""

from dataclasses import dataclass
from typing import Any

import zxingcpp

from models.barcode_format import BarcodeFormat

_WRITERS = {
    BarcodeFormat.QR: zxingcpp.BarcodeFormat.QRCode,
    BarcodeFormat.EAN13: zxingcpp.BarcodeFormat.EAN13,
    BarcodeFormat.EAN8: zxingcpp.BarcodeFormat.EAN8,
    BarcodeFormat.UPCA: zxingcpp.BarcodeFormat.UPCA,
    BarcodeFormat.CODE128: zxingcpp.BarcodeFormat.Code128,
    BarcodeFormat.CODE39: zxingcpp.BarcodeFormat.Code39Std,
    BarcodeFormat.ITF: zxingcpp.BarcodeFormat.ITF,
    BarcodeFormat.CODABAR: zxingcpp.BarcodeFormat.Codabar,
    BarcodeFormat.PDF417: zxingcpp.BarcodeFormat.PDF417,
    BarcodeFormat.AZTEC: zxingcpp.BarcodeFormat.Aztec,
    BarcodeFormat.DATAMATRIX: zxingcpp.BarcodeFormat.DataMatrix,
}

LINEAR = frozenset(
    {
        BarcodeFormat.EAN13,
        BarcodeFormat.EAN8,
        BarcodeFormat.UPCA,
        BarcodeFormat.CODE128,
        BarcodeFormat.CODE39,
        BarcodeFormat.ITF,
        BarcodeFormat.CODABAR,
    }
)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Modules without a quiet zone, row by row: 0 is black, 255 is white.

    A linear symbol is one row; its bars are as high as the painter likes.
    """

    width: int
    height: int
    modules: bytes


def encode(barcode: BarcodeFormat, text: str, *, columns: int | None = None) -> Matrix:
    """The modules of a symbol; `columns` are data columns and matter to PDF417 alone.

    Raises ValueError when the symbology cannot carry the text.
    """
    created = zxingcpp.create_barcode(text, _WRITERS[barcode], **_options(barcode, text, columns))
    image: Any = created.to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    pixels = memoryview(image)  # the stub does not tell that the image is a buffer
    height, width = pixels.shape or (0, 0)
    if barcode in LINEAR:
        # The rows below repeat it (the guard bars of EAN hang lower), Codabar ends in a space.
        row = pixels.tobytes()[:width].rstrip(b"\xff")
        return Matrix(len(row), 1, row)
    return Matrix(width, height, pixels.tobytes())


def _options(barcode: BarcodeFormat, text: str, columns: int | None) -> dict[str, object]:
    """Writer options; the writer ignores a misspelt one silently, so tests look at the effect."""
    options: dict[str, object] = {}
    if barcode is BarcodeFormat.DATAMATRIX:
        options["forceSquare"] = True  # otherwise some lengths come out as a strip
    if barcode is BarcodeFormat.QR:
        options["ecLevel"] = "M"
    if barcode is BarcodeFormat.PDF417:
        # Left alone, the writer spares error correction just where long symbols need it.
        options["ecLevel"] = "3" if len(text.encode()) <= 40 else "4"
        if columns is not None:
            options["columns"] = columns
    if not text.isascii():
        options["eci"] = "UTF-8"  # left alone, the writer picks Shift JIS for Cyrillic in a QR
    return options
