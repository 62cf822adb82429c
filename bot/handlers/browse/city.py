"""Pick a city: from the list, by typing, by a shared location."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from backend.browse import cities_with_offers
from backend.customers.person.choose import choose_city
from backend.platform.context import Context
from bot.awaiting import CITY, Awaiting, Typed, expect
from bot.place import Place
from bot.screens.browse.city import choose_city as city_list
from bot.screens.browse.city import location_prompt, maybe_cities
from bot.screens.parts import city_name
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.browse import Cities, NearestCity, PickCity
from bot.views.browse import found_screen, shelves_screen
from bot.visitor import Visitor
from catalog.shelves.browse import search
from catalog.shelves.cities import find_cities
from catalog.words import fold

router = Router(name="city")
PAGE = 10


@router.callback_query(Tapped(Cities))
async def cities(query: CallbackQuery, visitor: Visitor, callback_data: Cities) -> Screen:
    expect(visitor, CITY)
    return city_list(visitor.words, await cities_with_offers(callback_data.page, PAGE))


@router.callback_query(Tapped(PickCity))
async def pick_city(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: PickCity
) -> Reply:
    return await _chosen(visitor, ctx, callback_data.id or None)


@router.callback_query(Tapped(NearestCity))
async def ask_location(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, CITY)
    return location_prompt(visitor.words)


@router.message(Typed(CITY))
async def city_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    typed = message.text or ""
    visitor.chat.awaiting = ""
    found = await find_cities(typed)
    exact = [city for city in found if fold(typed) in {fold(city.name_ru), fold(city.name_en)}]
    if len(exact) == 1 or len(found) == 1:
        return await _chosen(visitor, ctx, (exact or found)[0].id)
    if not found and await search(ctx.brands, ctx.clock(), visitor.customer.city_id, typed, 1):
        # Not a city but a shop: people type what they came for.
        return await found_screen(visitor, ctx, typed)
    expect(visitor, CITY)
    return maybe_cities(visitor.words, typed, found)


@router.message(F.location, Awaiting(CITY))
async def city_located(message: Message, visitor: Visitor, ctx: Context, place: Place) -> Reply:
    """A location while the city is being asked for: only the city is kept of it."""
    visitor.chat.awaiting = ""
    return await _chosen(visitor, ctx, place.city_id)


async def _chosen(visitor: Visitor, ctx: Context, city_id: int | None) -> Reply:
    city = await choose_city(visitor.customer, city_id)
    told = Alert(visitor.words("city-chosen", city=city_name(visitor.words, city)), modal=False)
    return Reply(screen=await shelves_screen(visitor, ctx), alert=told)
