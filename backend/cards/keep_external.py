"""Keep a card of a brand that is no partner: with its name, number and barcode."""

from tortoise.exceptions import IntegrityError

from backend.cards.own import LONGEST_NOTE, Own, keep_photo, seal_own
from backend.cards.tell_joined import newest_brand
from backend.passes.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from backend.platform.database import transaction
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.wallet_entry import WalletEntry

# A card without a barcode still has a row with a format; `undrawn` says not to draw it.
NO_BARCODE = "none"
MOST_CARDS = 5_000


async def keep_external(
    ctx: Context, customer: Customer, given: ExchangeCard, source: str = ""
) -> tuple[Card, bool]:
    """The card, and whether it is new: the same barcode twice is the same card, which comes
    back if it was removed. What an ExchangeCard can hold has bounds of its own."""
    try:
        async with transaction():
            card = await _add(ctx, customer, given, source)
    except IntegrityError:
        return await _bring_back(customer, given), False
    return card, True


async def _add(ctx: Context, customer: Customer, given: ExchangeCard, source: str) -> Card:
    drawn = given.barcode_format is not None
    card = await Card.create(
        customer_id=customer.id,
        printed_number=given.number,
        barcode_value=given.barcode_value or given.number,
        barcode_format=given.barcode_format or BarcodeFormat.QR,
        origin=CardOrigin.EXTERNAL,
        hidden=given.archived,
        source=source,
        created_at=ctx.clock(),
    )
    await WalletEntry.create(
        card_id=card.id,
        customer_id=customer.id,
        own=seal_own(ctx, customer, _own(given)),
        color=given.color or "",
        undrawn="" if drawn else given.symbology or NO_BARCODE,
        starred=given.starred,
        valid_from=given.valid_from,
        expires_at=given.expires,
        last_used_at=given.last_used,
        brands_until=await newest_brand(),
    )
    for side, picture in (("front", given.front), ("back", given.back), ("icon", given.icon)):
        if picture is not None:
            await keep_photo(ctx, customer, card.id, side, picture)
    return card


def _own(given: ExchangeCard) -> Own:
    return Own(
        name=given.name.strip(),
        note=given.note[:LONGEST_NOTE],
        groups=given.groups,
        balance=format(given.balance, "f") if given.balance else "",
        balance_type=given.balance_type,
        encoding=given.encoding,
        symbology=given.symbology,
    )


async def _bring_back(customer: Customer, given: ExchangeCard) -> Card:
    card = await Card.get(
        customer_id=customer.id,
        program_id=None,
        barcode_value=given.barcode_value or given.number,
        barcode_format=given.barcode_format or BarcodeFormat.QR,
    )
    if card.removed_at is not None:
        async with transaction():
            await Card.filter(id=card.id).update(removed_at=None, hidden=False)
        card.removed_at, card.hidden = None, False
    return card
