"""Cards that were kept without their barcode, and can be drawn by now."""

from backend.exchange.symbologies import TO_CATIMA, drawn, guessed, symbology_named
from backend.pictures.drawable import check_drawable
from catalog.symbologies.symbol_rules import SymbolRefused
from models.card import Card
from models.wallet_entry import WalletEntry

# A card without a barcode still has a row with a format; `undrawn` says not to draw it.
NO_BARCODE = "none"
_TABLE = "import-csv"


def symbology_of(card: Card, entry: WalletEntry | None) -> str:
    """In Catima's words; empty for a card without a barcode. Of a table that named none, it used
    to be left out: such a card has no identity yet."""
    undrawn = entry.undrawn if entry is not None else ""
    if not undrawn:
        return TO_CATIMA[card.barcode_format]
    if undrawn == NO_BARCODE and card.source == _TABLE and card.identity is None:
        return guessed(card.barcode_value)
    symbology = "" if undrawn == NO_BARCODE else undrawn
    return symbology_named(symbology) or symbology


def redrawn(card: Card, entry: WalletEntry) -> bool:
    """Sets the format and the value that are drawn now, on the rows given; they are not
    saved. False: the card shows what it showed. Takes the format from one that was kept before
    anybody asked whether it can be drawn."""
    if not entry.undrawn:
        if card.program_id is None and not _drawable(card):
            entry.undrawn = TO_CATIMA[card.barcode_format]
        return False
    barcode = drawn(symbology_of(card, entry), card.barcode_value)
    if barcode.format is None:
        return False
    card.barcode_format, card.barcode_value, entry.undrawn = barcode.format, barcode.value, ""
    return True


def _drawable(card: Card) -> bool:
    try:
        check_drawable(card.barcode_format, card.barcode_value)
    except SymbolRefused:
        return False
    return True
