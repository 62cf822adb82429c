"""Walk the catalog: shelves and pages of offers."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.browse import browse
from backend.cards.pool.stock import pools_empty_for
from backend.customers.person.choose import city_of
from backend.platform.context import Context
from bot.screens.browse.catalog import offers_page
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.browse import Catalog, Categories
from bot.views.browse import PAGE, shelves_screen
from bot.visitor import Visitor
from models.category import Category

router = Router(name="catalog")


@router.message(Command("offers"))
async def offers_command(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    return await shelves_screen(visitor, ctx)


@router.callback_query(Tapped(Categories))
async def categories(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return await shelves_screen(visitor, ctx)


@router.callback_query(Tapped(Catalog))
async def page(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Catalog
) -> Screen:
    # Nought is every category.
    asked = callback_data.category
    category = await Category.get_or_none(id=asked) if asked else None
    found = await browse(
        ctx.clock(),
        visitor.customer.city_id,
        category.id if category else None,
        callback_data.page,
        PAGE,
    )
    city = await city_of(visitor.customer)
    programs = {offer.brand.program_id for offer in found.offers}
    empty = await pools_empty_for(visitor.customer, programs)
    return offers_page(visitor.words, city, category, found, empty)
