"""Which brands a barcode or a typed number may belong to."""

from backend.cards.finding import Finding
from backend.passes.symbol_rules import SymbolRefused, check_symbol, spellings
from backend.platform.context import Context
from catalog.recognise import Candidate, programs_fitting
from models.barcode_format import BarcodeFormat

# What a typed number looks like, the most particular first.
_GUESSES = (
    BarcodeFormat.EAN13,
    BarcodeFormat.UPCA,
    BarcodeFormat.EAN8,
    BarcodeFormat.CODE128,
    BarcodeFormat.QR,
)


async def brands_for(ctx: Context, seen: Finding) -> list[Candidate]:
    """The best first, [] when it looks like nobody's."""
    return await programs_fitting(ctx.clock(), _spelled(seen))


def _spelled(seen: Finding) -> dict[BarcodeFormat | None, frozenset[str]]:
    barcode_format = seen.barcode_format
    if barcode_format is None:
        return {None: frozenset({seen.number})}
    try:
        texts = spellings(barcode_format, seen.value)
    except SymbolRefused:
        return {barcode_format: frozenset({seen.value})}
    found: dict[BarcodeFormat | None, frozenset[str]] = {barcode_format: texts}
    # UPC-A is an EAN-13 that begins with zero: scanners report the one or the other.
    if barcode_format is BarcodeFormat.UPCA:
        found[BarcodeFormat.EAN13] = frozenset(text for text in texts if len(text) == 13)
    if barcode_format is BarcodeFormat.EAN13 and seen.value.startswith("0"):
        found[BarcodeFormat.UPCA] = frozenset({seen.value[1:]})
    return found


def guess_format(number: str) -> BarcodeFormat | None:
    """How the barcode of a typed number is drawn; None when nothing can carry it."""
    for barcode_format in _GUESSES:
        try:
            check_symbol(barcode_format, number)
        except SymbolRefused:
            continue
        if barcode_format is not BarcodeFormat.UPCA or len(number) == 12:
            return barcode_format
    return None
