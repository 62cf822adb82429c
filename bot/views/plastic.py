"""A card that the person already has: the brands that it fits, and its way into the pocket."""

import asyncio

from aiogram.types import User

from backend.cards.issue.apply import apply_for
from backend.cards.plastic.ask_again import no_longer_waits, offer_of, wait_for_answer
from backend.cards.plastic.candidates import Candidate
from backend.cards.plastic.fitting import as_plastic
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.cards.plastic.recognise import brands_for
from backend.cards.plastic.seen_card import SeenCard, keep_finding, open_finding
from backend.cards.plastic.whose_number import whose_card
from backend.cards.pocket.wallet import card_of_program
from backend.pictures.logo_row import BrandMark, draw_logo_row
from backend.platform.context import Context
from bot.screens.parts import brand_name
from bot.screens.plastic.add_card import compare, which
from bot.screens.refusals import silent_screen
from bot.screens.screen import Reply, Screen
from bot.taps.plastic import AddTo
from bot.views.issue import application_screen
from bot.visitor import Visitor
from catalog.looks.logos import logos_of
from catalog.shelves.browse import open_offer
from models.offer import Offer
from models.refusal import Code, Refusal


async def next_screen(visitor: Visitor, ctx: Context, key: int, seen: SeenCard) -> Screen:
    """What was not read for certain is compared; then the brands that it fits."""
    if not seen.sure:
        return compare(visitor.words, key, seen)
    fitting = await brands_for(ctx, seen)
    logos = await _logos(visitor, fitting) if len(fitting) > 1 else None
    return which(visitor.words, key, seen, fitting, logos)


async def _logos(visitor: Visitor, fitting: list[Candidate]) -> bytes:
    """People know a shop by its logo before they read its name."""
    brands = [one.brand for one in fitting]
    logos = await logos_of(brands)
    marks = [
        BrandMark(
            name=brand_name(visitor.words, brand),
            primary=brand.primary_color,
            secondary=brand.secondary_color,
            logo=logos.get(brand.id),
        )
        for brand in brands
    ]
    return await asyncio.to_thread(draw_logo_row, marks)


async def try_again(
    visitor: Visitor,
    ctx: Context,
    shown: Offer,
    read: PlasticNumber,
    finding: int | None = None,
) -> Screen:
    """The number is kept for the button, so that nobody types it twice; they hear when the system
    answers again."""
    if finding is None:
        seen = SeenCard(read.number, read.value, read.format.value if read.format else "")
        finding = await keep_finding(ctx, visitor.customer, seen)
    await wait_for_answer(ctx, finding, shown.id)
    tap = AddTo(finding=finding, offer=shown.id).pack()
    return silent_screen(visitor.words, tap)


async def add_found(visitor: Visitor, ctx: Context, person: User, finding: int) -> Reply | Screen:
    """What waited for its brand's system. Refuses like open_finding and bring_in."""
    seen = await open_finding(ctx, visitor.customer, finding)
    shown = await open_offer(ctx.clock(), await offer_of(visitor.customer.id, finding))
    return await bring_in(visitor, ctx, person, shown, seen.scanned(), finding)


async def bring_in(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    shown: Offer,
    number: PlasticNumber,
    finding: int | None = None,
) -> Reply | Screen:
    """A plastic card on its way into the pocket, if it is this person's: the questions that are
    left, then the consents; a button to try again while the brand's system is silent. `finding`:
    where the number is kept already. Refuses like whose_card and apply_for."""
    program = shown.brand.program
    held = await card_of_program(visitor.customer, program.id)
    if held is not None:
        raise Refusal(Code.CARD_EXISTS, about=held.id)
    try:
        number = await as_plastic(ctx, program, number)
        await whose_card(ctx, visitor.customer, program, number)
    except Refusal as refusal:
        if refusal.code is not Code.TRY_LATER:
            raise
        return await try_again(visitor, ctx, shown, number, finding)
    if finding is not None:
        await no_longer_waits(finding)
    source = visitor.chat.landed.get(str(shown.id), "")
    typed = {program.id: number}
    await apply_for(ctx, visitor.customer, [shown.id], typed_numbers=typed, source=source)
    return await application_screen(visitor, ctx, person)
