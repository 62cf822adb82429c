"""A card of a brand that is no partner: kept from what was seen, painted."""

from backend.cards.plastic.seen_card import SeenCard, change_finding, open_finding
from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.wallet import open_card
from backend.exchange.bounds import OutOfBounds
from backend.exchange.shapes import ExchangeCard
from backend.exchange.symbologies import TO_CATIMA, drawn, guessed
from backend.platform.context import Context
from backend.platform.database import transaction
from models.card import Card
from models.customer import Customer
from models.refusal import Code, Refusal
from models.wallet_entry import WalletEntry

COLORS = ("#2B5278", "#C62828", "#2E7D32", "#F9A825", "#6A1B9A", "#37474F")


async def add_seen(
    ctx: Context, customer: Customer, finding_id: int, name: str, color: str = COLORS[0]
) -> Card:
    """Under `name`; the same name and barcode again is the same card. Refuses with
    finding_gone or invalid_number."""
    seen = await open_finding(ctx, customer, finding_id)
    value = seen.value or seen.number
    symbology = TO_CATIMA[seen.barcode_format] if seen.barcode_format else guessed(value)
    barcode = drawn(symbology, value)
    try:
        given = ExchangeCard(
            name=name,
            number=seen.number,
            barcode_value=barcode.value,
            barcode_format=barcode.format,
            symbology=symbology,
            color=color,
        )
    except OutOfBounds as wrong:
        raise Refusal(Code.INVALID_NUMBER, reason=str(wrong)) from wrong
    card, _ = await add_external(ctx, customer, given, source="photo" if seen.format else "typed")
    return card


async def name_seen(ctx: Context, customer: Customer, finding_id: int, name: str) -> SeenCard:
    """Remember a typed name while the person looks at brands of a similar one."""
    seen = await open_finding(ctx, customer, finding_id)
    named = SeenCard(seen.number, seen.value, seen.format, seen.sure, seen.file_id, name)
    await change_finding(ctx, customer, finding_id, named)
    return named


async def paint_card(customer: Customer, card_id: int, color: str) -> Card:
    """Refuses with card_not_found, also for a card of a program: the brand paints those."""
    card = await _external(customer, card_id)
    async with transaction():
        await WalletEntry.filter(card_id=card.id).update(color=color)
    return card


async def _external(customer: Customer, card_id: int) -> Card:
    card = await open_card(customer, card_id)
    if card.program_id is not None:
        raise Refusal(Code.CARD_NOT_FOUND)
    return card
