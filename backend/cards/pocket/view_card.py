"""One card with all that stands around it, as plain values."""

from dataclasses import dataclass
from datetime import datetime

from backend.cards.pocket.dressed import dressed
from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.in_phones import NOWHERE, InPhones, in_phones
from backend.cards.pocket.owner_notes import photos_of
from backend.cards.pocket.partner_match import joined_at_once
from backend.cards.pocket.wallet import open_wallet_card
from backend.cards.pocket.wallet_card import WalletCard
from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from models.brand import Brand
from models.card import Card, CardOrigin
from models.customer import Customer


@dataclass(frozen=True, slots=True)
class CardView:
    """`here`: now, in the owner's zone. `photo`: the front (JPEG) of a card whose barcode cannot
    be drawn. `joined`: the brand that an external card turned out to be of."""

    shown: WalletCard
    here: datetime
    holder: str = ""
    photo: bytes | None = None
    joined: Brand | None = None
    phones: InPhones = NOWHERE


async def view_card(ctx: Context, customer: Customer, card_id: int) -> CardView:
    """Refuses with card_not_found."""
    (shown,) = await dressed(ctx, [await open_wallet_card(ctx, customer, card_id)])
    photo = None
    if not shown.drawn and "front" in shown.photos:
        photo = (await photos_of(ctx, customer, shown.id)).get("front")
    joined = None
    if shown.card.origin is CardOrigin.EXTERNAL:
        joined = await joined_at_once(ctx, customer, shown)
    return CardView(
        shown,
        here=ctx.clock().astimezone(await zone_of(customer)),
        holder=holder_of(ctx, customer),
        photo=photo,
        joined=joined.brand if joined is not None else None,
        phones=await in_phones(ctx, shown.card),
    )


async def view_new_card(ctx: Context, customer: Customer, card: Card, brand: Brand) -> CardView:
    """A partner's card that was made a moment ago: its owner keeps nothing with it yet, and no
    day is told of it, in whichever zone. `brand` with its program."""
    card.brand, card.program = brand, brand.program
    (shown,) = await dressed(ctx, [WalletCard(card)])
    return CardView(
        shown,
        here=ctx.clock(),
        holder=holder_of(ctx, customer),
        phones=await in_phones(ctx, card),
    )


def holder_of(ctx: Context, customer: Customer) -> str:
    """Given name and surname, as far as they are known."""
    profile = read_profile(ctx, customer)
    names = (profile.get("given_name"), profile.get("surname"))
    return " ".join(str(name) for name in names if name)
