"""Search by words: a typed text that answers nothing else is a search."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.issue.stock import pools_empty_for
from backend.customers.person.choose import city_of
from backend.platform.context import Context
from bot import taps
from bot.handlers.home.awaiting import SEARCH, expect
from bot.screens.home.home import found, search_prompt
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.visitor import Visitor
from catalog.browse import search
from catalog.cities import named_city

router = Router(name="search")
MOST_FOUND = 8


@router.callback_query(Tapped(taps.Search))
async def ask(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, SEARCH)
    return search_prompt(visitor.words)


async def search_typed(visitor: Visitor, ctx: Context, typed: str) -> Screen:
    """In the person's city first; when it has nothing, everywhere. A city's name is offered as
    a city too."""
    city = await city_of(visitor.customer)
    offers = await search(ctx.brands, ctx.clock(), visitor.customer.city_id, typed, MOST_FOUND)
    if not offers and city is not None:
        offers = await search(ctx.brands, ctx.clock(), None, typed, MOST_FOUND)
    named = await named_city(typed)
    there = named if named is not None and (city is None or named.id != city.id) else None
    programs = {offer.brand.program_id for offer in offers}
    empty = await pools_empty_for(visitor.customer, programs)
    return found(visitor.words, typed, offers, city, there, empty=empty)
