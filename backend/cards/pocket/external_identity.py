"""When two external cards are one: the same name, symbology and barcode.

A phone number is the card number of many shops, so the name counts. It is sealed; what the
database compares is a keyed hash. Cards that were kept before there was one get theirs when their
owner adds the next card: nothing else asks for it.
"""

import unicodedata

from backend.cards.pocket.owner_notes import read_notes
from backend.cards.pocket.redraw import redrawn, symbology_of
from backend.exchange.shapes import ExchangeCard
from backend.exchange.symbologies import TO_CATIMA
from backend.platform.context import Context
from backend.platform.database import transaction
from models.card import Card, CardOrigin
from models.customer import Customer
from models.wallet_entry import WalletEntry

KIND = "external-card"


def identity_of(ctx: Context, customer: Customer, given: ExchangeCard, *, beside: int = 0) -> str:
    """64 hex digits. Later changes of the card do not change it: the file that a card came from
    brings nothing new when it is read again. `beside` is the id of a card that was this one
    when it came, and is another one by now."""
    drawn = given.barcode_format
    symbology = TO_CATIMA[drawn] if drawn is not None else given.symbology
    value = given.barcode_value or given.number
    return _identity(ctx, customer, given.name, symbology, value, beside)


def _identity(
    ctx: Context, customer: Customer, name: str, symbology: str, value: str, beside: int = 0
) -> str:
    spelled = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    parts = (str(customer.id), str(beside), spelled, symbology, value)
    return ctx.vault.blind_index(KIND, "\n".join(parts))


async def is_still(ctx: Context, customer: Customer, card: Card, identity: str) -> bool:
    """Whether a card is what `identity` says, whatever it was when it came."""
    return await current_identity(ctx, customer, card) == identity


async def current_identity(ctx: Context, customer: Customer, card: Card) -> str:
    entry = await WalletEntry.get_or_none(card_id=card.id)
    own = read_notes(ctx, customer, entry)
    symbology = symbology_of(card, entry)
    return _identity(ctx, customer, own.name, symbology, card.barcode_value)


async def identify_old(ctx: Context, customer: Customer) -> None:
    """The cards of this person that have no identity yet, at most as many as a wallet holds.
    Doing it twice at once does the same twice."""
    cards = await Card.filter(
        customer_id=customer.id, origin=CardOrigin.EXTERNAL, identity__isnull=True
    ).order_by("id")
    if not cards:
        return
    found = await WalletEntry.filter(customer_id=customer.id)
    entries = {entry.card_id: entry for entry in found}
    taken = await Card.filter(customer_id=customer.id, identity__isnull=False)
    known = {str(card.identity) for card in taken}
    async with transaction():
        for card in cards:
            await _identify(ctx, customer, card, entries.get(card.id), known)


async def _identify(
    ctx: Context, customer: Customer, card: Card, entry: WalletEntry | None, known: set[str]
) -> None:
    own = read_notes(ctx, customer, entry)
    symbology = symbology_of(card, entry)
    if entry is not None and redrawn(card, entry):
        await WalletEntry.filter(id=entry.id).update(undrawn="")
    value = card.barcode_value
    identity = _identity(ctx, customer, own.name, symbology, value)
    if identity in known:  # two that are one by now: the later one stands for itself
        identity = _identity(ctx, customer, own.name, symbology, value, card.id)
    known.add(identity)
    await Card.filter(id=card.id, identity__isnull=True).update(
        identity=identity, barcode_value=card.barcode_value, barcode_format=card.barcode_format
    )
