"""Which brands a barcode or a typed number may belong to."""

from backend.cards.plastic.candidates import Candidate, candidates
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.seen_card import SeenCard
from backend.platform.context import Context
from catalog.recognise import Spellings
from catalog.symbologies.symbol_rules import SymbolRefused, spellings
from models.barcode_format import BarcodeFormat


async def brands_for(ctx: Context, seen: SeenCard) -> list[Candidate]:
    """The best first, [] when it looks like nobody's."""
    return await candidates(ctx.rules, ctx.clock(), spelled(seen.scanned()))


def spelled(shown: PlasticNumber) -> Spellings:
    """By which formats and texts a scanner may report this very symbol."""
    if shown.format is None:
        return {None: frozenset({shown.number, shown.number.upper()})}
    try:
        texts = spellings(shown.format, shown.carried)
    except SymbolRefused:
        return {shown.format: frozenset({shown.carried})}
    found: Spellings = {shown.format: texts}
    # UPC-A is an EAN-13 that begins with zero: scanners report the one or the other.
    if shown.format is BarcodeFormat.UPCA:
        found[BarcodeFormat.EAN13] = frozenset(text for text in texts if len(text) == 13)
    if shown.format is BarcodeFormat.EAN13 and shown.carried.startswith("0"):
        found[BarcodeFormat.UPCA] = frozenset({shown.carried[1:]})
    return found
