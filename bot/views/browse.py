"""Offers: the shelves, what was found by words, one offer."""

from backend.cards.pocket.wallet import card_id_of_program
from backend.cards.pool.stock import pools_empty_for
from backend.cards.pool.wait_for_numbers import waits_for_numbers
from backend.customers.person.choose import city_of
from backend.offer_page import cities_of, other_brands, read_offer
from backend.platform.context import Context
from backend.triggers.gone import gone_products
from bot.screens.browse.catalog import shelves
from bot.screens.browse.offer import Stock, offer
from bot.screens.home.home import found
from bot.screens.screen import Screen
from bot.visitor import Visitor
from catalog.shelves.browse import search
from catalog.shelves.browse import shelves as shelves_in
from catalog.shelves.cities import named_city

PAGE = 6


async def shelves_screen(visitor: Visitor, ctx: Context) -> Screen:
    city = await city_of(visitor.customer)
    found = await shelves_in(ctx.clock(), visitor.customer.city_id)
    return shelves(visitor.words, city, found)


MOST_FOUND = 8


async def found_screen(visitor: Visitor, ctx: Context, typed: str) -> Screen:
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


async def offer_screen(visitor: Visitor, ctx: Context, offer_id: int) -> Screen:
    """Refuses with offer_not_found or offer_ended."""
    shown = await read_offer(ctx.clock(), offer_id)
    program = shown.brand.program_id
    card = await card_id_of_program(visitor.customer, program)
    cities, others = await cities_of(shown), await other_brands(shown)
    stock = await _stock(visitor, program)
    gone = await gone_products(shown.brand_id, visitor.customer.id)
    missing = bool(gone.products)
    return offer(visitor.words, shown, cities, card, others, stock, missing=missing)


async def _stock(visitor: Visitor, program_id: int) -> Stock:
    if not await pools_empty_for(visitor.customer, {program_id}):
        return Stock.THERE
    waits = await waits_for_numbers(visitor.customer, program_id)
    return Stock.WAITS if waits else Stock.OUT
