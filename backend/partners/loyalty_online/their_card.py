"""A card of the host as the rest of the house knows it."""

from backend.partners.loyalty_online.settings import Settings
from backend.partners.loyalty_online.wire.models import Card
from backend.partners.member import CardNumber, CardState, TheirCard
from backend.platform.failures import NeedsSettings
from catalog.symbologies.symbol_rules import SymbolRefused, check_symbol
from models.barcode_format import BarcodeFormat
from models.card import LONGEST_PRINTED
from models.program import Program


def their_card(settings: Settings, program: Program, card: Card) -> TheirCard:
    """Raises NeedsSettings for what no till could scan: it would be the same again."""
    format_ = _format(settings, card)
    value = card.barcode.number if card.barcode else card.number.replace(" ", "")
    if len(card.number) > LONGEST_PRINTED or not card.number.isprintable():
        raise NeedsSettings("the loyalty system has a card number that is too long or unprintable")
    try:
        check_symbol(format_ or program.barcode_format, value)
    except SymbolRefused as wrong:
        reason = f"the loyalty system has a barcode that cannot be drawn; expected {wrong.expected}"
        raise NeedsSettings(reason) from None
    number = CardNumber(card.number, value, format_)
    return TheirCard(number, CardState(card.state.lower()), card.number)


def _format(settings: Settings, card: Card) -> BarcodeFormat | None:
    """None: the program's. Raises NeedsSettings."""
    if card.barcode is None:
        return None
    spelled = card.barcode.type
    if spelled in settings.barcode_types:
        return settings.barcode_types[spelled]
    shown = "".join(char for char in spelled[:32] if char.isprintable())
    raise NeedsSettings(f"the loyalty system has a barcode type {shown!r} that no setting names")
