"""What the picture of a person's own card can show: longer values than a program hands out."""

from backend.pictures.layout import layout_for
from backend.pictures.symbol import module_pixels
from catalog.symbologies.matrix import LINEAR
from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol
from models.barcode_format import BarcodeFormat

LONGEST = 512
"""Characters of a value, as many as a card keeps."""

LEAST_PIXELS = {True: 2, False: 3}
"""Of a module, for linear symbols and the others: what a scanner reads of a phone held
sideways, on which the picture is 14 cm wide."""


def check_drawable(barcode: BarcodeFormat, value: str) -> None:
    """Raises SymbolRefused unless the symbol fits the card's picture in modules that scanners
    read."""
    try:
        check_symbol(barcode, value)
    except SymbolRefused:
        if len(value) > LONGEST:
            raise
    else:
        return
    layout = layout_for(barcode, value)
    left, top, right, bottom = layout.symbol_box(layout.panel[3] - layout.foot)
    pixels = module_pixels(barcode, value, right - left, bottom - top)
    least = LEAST_PIXELS[barcode in LINEAR or barcode is BarcodeFormat.PDF417]
    if pixels < least:
        raise SymbolRefused(
            f"{value[:40]!r} is too long: a module of its {barcode} is {pixels} pixels wide",
            f"{least} or more",
        )
