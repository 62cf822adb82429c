"""Whether a value can be a barcode of a format."""

from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol
from models.barcode_format import BarcodeFormat


def unscannable(barcode_format: BarcodeFormat, value: str) -> str | None:
    """What was expected, or None when the value can be drawn and read back."""
    try:
        check_symbol(barcode_format, value)
    except SymbolRefused as wrong:
        return str(wrong)
    return None
