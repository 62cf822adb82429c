"""«Tell me when it is back»: from an offer, and all that somebody waits for."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.platform.context import Context
from backend.triggers.gone import gone_products
from backend.triggers.watch import end_watch, product_known, watch_product, watched_by
from bot.screens.browse.watch import missing, watched
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.browse import Missing, ShowProduct, Watches, WatchProduct
from bot.views.watch import product_screen
from bot.visitor import Visitor
from catalog.shelves.browse import open_offer

router = Router(name="watch")


@router.callback_query(Tapped(Missing))
async def gone(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Missing
) -> Screen:
    shown = await open_offer(ctx.clock(), callback_data.offer)
    found = await gone_products(shown.brand_id, visitor.customer.id, callback_data.page)
    return missing(visitor.words, shown.id, found)


@router.callback_query(Tapped(ShowProduct))
async def show(query: CallbackQuery, visitor: Visitor, callback_data: ShowProduct) -> Screen:
    return await product_screen(visitor, callback_data.id)


@router.callback_query(Tapped(WatchProduct))
async def watch(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: WatchProduct
) -> Reply:
    """What the button says it will be: a second tap changes nothing."""
    product = await product_known(callback_data.id)
    if callback_data.on:
        asked = await watch_product(ctx, visitor.customer.id, product)
        key = "watch-there" if asked.in_stock else "watch-told"
    else:
        await end_watch(visitor.customer.id, product.id)
        key = "watch-off-told"
    told = Alert(visitor.words(key), modal=False)
    return Reply(screen=await product_screen(visitor, product.id), alert=told)


@router.callback_query(Tapped(Watches))
async def everything(query: CallbackQuery, visitor: Visitor) -> Screen:
    return watched(visitor.words, await watched_by(visitor.customer.id))
