"""Pick several cards, then issue all of them at once."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.issue.application import open_application_of
from backend.cards.issue.apply import MOST_OFFERS, apply_for
from backend.cards.pool.stock import pools_empty_for
from backend.platform.context import Context
from bot.screens.parts import named
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.issue import Basket, BasketClear, BasketIssue, BasketPick, BasketToggle
from bot.views.issue import basket_screen, resumed_screen
from bot.visitor import Visitor
from catalog.scope import any_offers
from catalog.shelves.picks import programs_of_offers
from models.offer import Offer

router = Router(name="basket")


@router.callback_query(Tapped(Basket))
async def show(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Basket
) -> Screen:
    return await basket_screen(visitor, ctx, callback_data.category, callback_data.page)


@router.callback_query(Tapped(BasketToggle))
async def toggle(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: BasketToggle
) -> Screen | Alert:
    """Of an old message: whatever it is not now."""
    tap = callback_data
    programs = await programs_of_offers(ctx.clock(), [*visitor.chat.basket, tap.offer])
    mine = programs.get(tap.offer)
    on = mine not in {programs.get(offer) for offer in visitor.chat.basket}
    return await _pick(
        visitor, ctx, BasketPick(offer=tap.offer, on=on, category=tap.category, page=tap.page)
    )


@router.callback_query(Tapped(BasketPick))
async def pick(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: BasketPick
) -> Screen | Alert:
    return await _pick(visitor, ctx, callback_data)


async def _pick(visitor: Visitor, ctx: Context, tap: BasketPick) -> Screen | Alert:
    """A tick is one card, whichever of its offers was tapped."""
    programs = await programs_of_offers(ctx.clock(), [*visitor.chat.basket, tap.offer])
    others = [o for o in visitor.chat.basket if programs.get(o) != programs.get(tap.offer)]
    cards = {programs.get(offer) for offer in others}
    if tap.on and len(cards) >= MOST_OFFERS:
        return Alert(visitor.words("basket-full", most=MOST_OFFERS))
    visitor.chat.basket = [*others, tap.offer] if tap.on else others
    return await basket_screen(visitor, ctx, tap.category, tap.page)


@router.callback_query(Tapped(BasketClear))
async def clear(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    visitor.chat.basket = []
    return await basket_screen(visitor, ctx, 0, 0)


@router.callback_query(Tapped(BasketIssue))
async def issue(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen | Alert:
    picked = list(visitor.chat.basket)
    if not picked:
        if await open_application_of(visitor.customer) is not None:
            # A second tap: the cards are on their way.
            return await resumed_screen(visitor, ctx, query.from_user)
        return Alert(visitor.words("basket-empty"))
    sources = (visitor.chat.landed.get(str(offer_id), "") for offer_id in picked)
    source = next(filter(None, sources), "")
    out = await _out_of_numbers(visitor, picked)
    await apply_for(ctx, visitor.customer, picked, source=source)
    visitor.chat.basket = []
    screen = await resumed_screen(visitor, ctx, query.from_user)
    if not out or isinstance(screen, Reply):
        return screen
    told = visitor.words("basket-left-out", brands=named(visitor.words, out))
    return Reply(screen=screen, alert=Alert(told))


async def _out_of_numbers(visitor: Visitor, picked: list[int]) -> list[Offer]:
    """Of what was picked while there were numbers."""
    offers = await any_offers().filter(id__in=picked).select_related("brand")
    programs = {offer.brand.program_id for offer in offers}
    empty = await pools_empty_for(visitor.customer, programs)
    return [offer for offer in offers if offer.brand.program_id in empty]
