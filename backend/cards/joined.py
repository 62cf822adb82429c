"""An external card whose brand is a partner by now: the same name, and a number that fits."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from backend.cards.kept import Kept
from backend.cards.wallet import card_of_program
from backend.passes.symbol import SymbolRefused, check_symbol
from backend.platform.context import Context
from catalog.browse import offers_of_brand, open_offer
from catalog.scope import brands_in_catalog
from catalog.search import search_brands
from catalog.words import fold, latin
from models.brand import Brand
from models.card import CardOrigin
from models.customer import Customer
from models.offer import Offer
from models.program import ProgramStatus

# Of a name this long one letter may be wrong.
LONG_NAME = 5
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Joined:
    """`offer` with `brand` and its program: applying for it makes the card a real one."""

    brand: Brand
    offer: Offer


def same_name(name: str, brand: Brand) -> bool:
    typed = latin(fold(name))
    names = {latin(fold(known)) for known in (brand.name_ru, brand.name_en, *brand.aliases)}
    if not typed:
        return False
    slips = 1 if len(typed) >= LONG_NAME else 0
    return any(OSA.distance(typed, known, score_cutoff=slips) <= slips for known in names)


async def joined_brand(ctx: Context, customer: Customer, kept: Kept) -> Joined | None:
    """For a card on the screen."""
    if kept.card.origin is not CardOrigin.EXTERNAL or not kept.own.name:
        return None
    ids = await search_brands(kept.own.name, CANDIDATES)
    found = {brand.id: brand for brand in await brands_in_catalog().filter(id__in=ids)}
    for brand_id in ids:
        if brand_id in found and same_name(kept.own.name, found[brand_id]):
            return await join(ctx, customer, kept.card.printed_number, found[brand_id])
    return None


async def join(ctx: Context, customer: Customer, number: str, brand: Brand) -> Joined | None:
    """None when the number does not fit, there is no offer now, or the card is had already."""
    for known in await offers_of_brand(ctx.clock(), brand.id):
        offer = await open_offer(ctx.clock(), known.id)
        program = offer.brand.program
        if program.status is ProgramStatus.PAUSED:
            return None
        if await card_of_program(customer, program.id) is not None:
            return None
        try:
            check_symbol(program.barcode_format, number)
        except SymbolRefused:
            return None
        return Joined(offer.brand, offer)
    return None
