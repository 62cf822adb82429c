"""Draws a barcode symbol: black modules of whole pixels on white, full quiet zone included."""

from dataclasses import dataclass

from PIL import Image

from catalog.symbologies.matrix import LINEAR, Matrix, encode
from catalog.symbologies.symbol_rules import SymbolRefused, carried
from models.barcode_format import BarcodeFormat

RETAIL = frozenset({BarcodeFormat.EAN13, BarcodeFormat.EAN8, BarcodeFormat.UPCA})
RETAIL_PIXELS = 10
"""ISO/IEC 15420 ends at 0.66 mm per module: ten of 1080 pixels on a phone 70 mm wide."""

BAR_MODULES = 50
"""Height of linear bars when the caller names none, in modules."""

_PDF417_START_STOP = 69
"""Modules of start, stop and row indicators: 17 + 17 + 17 + 18."""
_PDF417_COLUMNS = range(2, 15)


@dataclass(frozen=True, slots=True)
class _Quiet:
    """Quiet zone in modules."""

    left: int
    right: int
    top: int
    bottom: int


# ISO/IEC 18004, 15420 (EAN, UPC), 15417, 16388, 16390, EN 798, 15438, 24778, 16022.
# Aztec needs none and Data Matrix one; more costs nothing and helps on a coloured page.
_QUIET = {
    BarcodeFormat.QR: _Quiet(4, 4, 4, 4),
    BarcodeFormat.EAN13: _Quiet(11, 7, 0, 0),
    BarcodeFormat.EAN8: _Quiet(7, 7, 0, 0),
    BarcodeFormat.UPCA: _Quiet(9, 9, 0, 0),
    BarcodeFormat.CODE128: _Quiet(10, 10, 0, 0),
    BarcodeFormat.CODE39: _Quiet(10, 10, 0, 0),
    BarcodeFormat.ITF: _Quiet(10, 10, 0, 0),
    BarcodeFormat.CODABAR: _Quiet(10, 10, 0, 0),
    BarcodeFormat.PDF417: _Quiet(2, 2, 2, 2),
    BarcodeFormat.AZTEC: _Quiet(2, 2, 2, 2),
    BarcodeFormat.DATAMATRIX: _Quiet(2, 2, 2, 2),
}


def draw_symbol(
    barcode: BarcodeFormat, value: str, *, scale: int = 4, bar_height: int | None = None
) -> Image.Image:
    """The symbol as a grey ("L") image, `scale` pixels per module.

    `bar_height` in pixels concerns linear symbols alone. Raises SymbolRefused.
    """
    matrix = _encode(barcode, carried(barcode, value), None)
    bars = BAR_MODULES * scale if bar_height is None else bar_height
    return _paint(matrix, _QUIET[barcode], scale, bars if barcode in LINEAR else scale)


def fit_symbol(barcode: BarcodeFormat, value: str, width: int, height: int) -> Image.Image:
    """The largest symbol of whole-pixel modules within width × height pixels.

    Linear bars take the whole height. Raises SymbolRefused, also when the box is too small.
    """
    matrix, scale = _fitted(barcode, value, width, height)
    return _paint(matrix, _QUIET[barcode], scale, height if barcode in LINEAR else scale)


def module_pixels(barcode: BarcodeFormat, value: str, width: int, height: int) -> int:
    """How wide a module of fit_symbol would be. Raises SymbolRefused."""
    return _fitted(barcode, value, width, height)[1]


def _fitted(barcode: BarcodeFormat, value: str, width: int, height: int) -> tuple[Matrix, int]:
    text = carried(barcode, value)
    quiet = _QUIET[barcode]
    matrix = _encode(barcode, text, None)
    if barcode is BarcodeFormat.PDF417:
        matrix = _encode(barcode, text, _pdf417_columns(matrix, quiet, width, height))
    scale = width // (matrix.width + quiet.left + quiet.right)
    if barcode not in LINEAR:
        scale = min(scale, height // (matrix.height + quiet.top + quiet.bottom))
    if barcode is BarcodeFormat.AZTEC and scale > 2:
        scale -= scale % 2  # readers find its bull's-eye less surely when halving splits pixels
    if barcode in RETAIL:
        scale = min(scale, RETAIL_PIXELS)
    if scale < 1:
        raise SymbolRefused(
            f"{barcode} of {matrix.width} x {matrix.height} modules does not fit",
            f"a box larger than {width} x {height} pixels",
        )
    return matrix, scale


def _encode(barcode: BarcodeFormat, text: str, columns: int | None) -> Matrix:
    try:
        return encode(barcode, text, columns=columns)
    except ValueError as error:
        raise SymbolRefused(
            f"{text!r} cannot be drawn", f"a value for {barcode}: {error}"
        ) from error


def _pdf417_columns(matrix: Matrix, quiet: _Quiet, width: int, height: int) -> int:
    """Data columns that give the largest modules in the box; of equals, the most square ones."""
    rows = matrix.height // 3
    codewords = rows * ((matrix.width - _PDF417_START_STOP) // 17)

    def scale(columns: int) -> float:
        wide = columns * 17 + _PDF417_START_STOP + quiet.left + quiet.right
        high = max(3, -(-codewords // columns)) * 3 + quiet.top + quiet.bottom
        return min(width / wide, height / high)

    return max(_PDF417_COLUMNS, key=scale)


def _paint(matrix: Matrix, quiet: _Quiet, scale: int, row_height: int) -> Image.Image:
    modules = Image.frombytes("L", (matrix.width, matrix.height), matrix.modules)
    body = modules.resize(
        (matrix.width * scale, matrix.height * row_height), Image.Resampling.NEAREST
    )
    size = (
        body.width + (quiet.left + quiet.right) * scale,
        body.height + (quiet.top + quiet.bottom) * scale,
    )
    symbol = Image.new("L", size, 255)
    symbol.paste(body, (quiet.left * scale, quiet.top * scale))
    return symbol
