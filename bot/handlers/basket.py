"""Pick several offers, then issue all of their cards at once."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.apply import MOST_OFFERS, apply_for
from backend.cards.wallet import programs_in_wallet
from backend.platform.context import Context
from bot import taps
from bot.handlers.catalog import PAGE
from bot.handlers.journey import resumed_screen
from bot.screens.catalog import basket
from bot.screens.screen import Alert, Answer, Screen
from bot.visitor import Visitor
from catalog.browse import browse

router = Router(name="basket")


@router.callback_query(taps.Basket.filter())
async def show(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.Basket
) -> Screen:
    return await _basket(visitor, ctx, callback_data.category, callback_data.page)


@router.callback_query(taps.BasketToggle.filter())
async def toggle(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.BasketToggle
) -> Screen | Alert:
    picked = list(visitor.chat.basket)
    if callback_data.offer in picked:
        picked.remove(callback_data.offer)
    elif len(picked) >= MOST_OFFERS:
        return Alert(visitor.words("basket-full", most=MOST_OFFERS))
    else:
        picked.append(callback_data.offer)
    visitor.chat.basket = picked
    return await _basket(visitor, ctx, callback_data.category, callback_data.page)


@router.callback_query(taps.BasketClear.filter())
async def clear(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    visitor.chat.basket = []
    return await _basket(visitor, ctx, 0, 0)


@router.callback_query(taps.BasketIssue.filter())
async def issue(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Answer | Screen | Alert:
    picked = list(visitor.chat.basket)
    if not picked:
        return Alert(visitor.words("basket-empty"))
    sources = (visitor.chat.landed.get(str(offer_id), "") for offer_id in picked)
    source = next(filter(None, sources), "")
    await apply_for(ctx, visitor.customer, picked, source=source)
    visitor.chat.basket = []
    return await resumed_screen(visitor, ctx, query.from_user)


async def _basket(visitor: Visitor, ctx: Context, category: int, page: int) -> Screen:
    found = await browse(ctx.clock(), visitor.customer.city_id, category or None, page, PAGE)
    have = await programs_in_wallet(visitor.customer)
    return basket(visitor.words, visitor.chat.basket, have, category, found)
