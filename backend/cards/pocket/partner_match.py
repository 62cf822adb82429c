"""An external card whose brand is a partner by now: the same name, and a number that fits."""

import math
from dataclasses import dataclass

from backend.cards.plastic.fitting import as_plastic
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.pocket.wallet import card_of_program
from backend.cards.pocket.wallet_card import WalletCard
from backend.platform.context import Context
from catalog.scope import brands_in_catalog
from catalog.shelves.alike import slips
from catalog.shelves.browse import offers_of_brand, open_offer
from catalog.words import fold, latin
from models.brand import Brand
from models.card import Card, CardOrigin
from models.customer import Customer
from models.offer import Offer
from models.program import Program, ProgramStatus
from models.refusal import Code, Refusal

# Of a name this long one letter may be wrong.
LONG_NAME = 5
CANDIDATES = 5
AT_ONCE_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class PartnerMatch:
    """`offer` with `brand` and its program: applying for it with `number` makes the card a real
    one."""

    brand: Brand
    offer: Offer
    number: PlasticNumber


def same_name(name: str, brand: Brand) -> bool:
    typed = latin(fold(name))
    names = {latin(fold(known)) for known in (brand.name_ru, brand.name_en, *brand.aliases)}
    if not typed:
        return False
    most = 1 if len(typed) >= LONG_NAME else 0
    return any(slips(typed, known, most) <= most for known in names)


async def joined_at_once(ctx: Context, customer: Customer, kept: WalletCard) -> PartnerMatch | None:
    """For a card on the screen, which waits for no brand's system."""
    try:
        return await partner_of(ctx, customer, kept, AT_ONCE_SECONDS)
    except Refusal:
        return None


async def partner_of(
    ctx: Context, customer: Customer, kept: WalletCard, within: float = math.inf
) -> PartnerMatch | None:
    """For a tap on the card. Refuses with try_later."""
    if kept.card.origin is not CardOrigin.EXTERNAL or not kept.own.name:
        return None
    ids = await ctx.brands.find(ctx.clock(), kept.own.name, CANDIDATES)
    found = {brand.id: brand for brand in await brands_in_catalog().filter(id__in=ids)}
    for brand_id in ids:
        if brand_id in found and same_name(kept.own.name, found[brand_id]):
            card, brand = kept.card, found[brand_id]
            return await match_brand(ctx, customer, card, brand, drawn=kept.drawn, within=within)
    return None


async def match_brand(
    ctx: Context,
    customer: Customer,
    card: Card,
    brand: Brand,
    *,
    drawn: bool,
    within: float = math.inf,
) -> PartnerMatch | None:
    """None when the number does not fit, there is no offer now, or the card is had already.
    Refuses with try_later."""
    for known in await offers_of_brand(ctx.clock(), brand.id):
        offer = await open_offer(ctx.clock(), known.id)
        program = offer.brand.program
        if program.status is ProgramStatus.PAUSED:
            return None
        if await card_of_program(customer, program.id) is not None:
            return None
        shown = _plastic(card, drawn=drawn)
        number = await _fitting(ctx, program, shown, within)
        return None if number is None else PartnerMatch(offer.brand, offer, number)
    return None


def _plastic(card: Card, *, drawn: bool) -> PlasticNumber:
    """The barcode as it is on the plastic, which the till reads; the number alone when the
    barcode cannot be drawn here."""
    if not drawn:
        return PlasticNumber(card.printed_number)
    return PlasticNumber(card.printed_number, card.barcode_value, card.barcode_format)


async def _fitting(
    ctx: Context, program: Program, shown: PlasticNumber, within: float
) -> PlasticNumber | None:
    try:
        return await as_plastic(ctx, program, shown, within)
    except Refusal as refusal:
        if refusal.code is Code.TRY_LATER:
            raise
        return None
