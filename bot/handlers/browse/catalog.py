"""Walk the catalog: shelves and pages of offers."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.cards.issue.stock import pools_empty_for
from backend.customers.person.choose import city_of
from backend.platform.context import Context
from bot import taps
from bot.screens.browse.catalog import offers_page, shelves
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.visitor import Visitor
from catalog.browse import browse
from catalog.browse import shelves as shelves_in
from models.category import Category

router = Router(name="catalog")
PAGE = 6


@router.message(Command("offers"))
async def offers_command(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    return await shelves_screen(visitor, ctx)


@router.callback_query(Tapped(taps.Categories))
async def categories(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return await shelves_screen(visitor, ctx)


@router.callback_query(Tapped(taps.Catalog))
async def page(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.Catalog
) -> Screen:
    category = await Category.get_or_none(id=callback_data.category)
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


async def shelves_screen(visitor: Visitor, ctx: Context) -> Screen:
    city = await city_of(visitor.customer)
    found = await shelves_in(ctx.clock(), visitor.customer.city_id)
    return shelves(visitor.words, city, found)
