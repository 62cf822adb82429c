"""My cards: in an order, by shelf, by name or number, near me; the archive."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.cards.pocket.find_cards import find_cards
from backend.cards.pocket.near import cards_near
from backend.cards.pocket.shelves import shelves_of
from backend.cards.pocket.wallet import wallet_in_order
from backend.platform.context import Context
from bot.awaiting import CARDS_NEAR, CARDS_SEARCH, Awaiting, Pressed, Typed, expect
from bot.place import Place
from bot.screens.home.keys import CARDS
from bot.screens.pocket.wallet import (
    archive,
    found_cards,
    near_cards,
    near_prompt,
    search_prompt,
    shelves,
    sorts,
)
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.taps.pocket import (
    Cards,
    CardsBy,
    CardsNear,
    CardsSearch,
    CardsShelves,
    CardsSorts,
    HiddenCards,
)
from bot.views.pocket import wallet_screen
from bot.visitor import Visitor
from bot.visits import VISITS

router = Router(name="wallet")


@router.message(Command("cards"), flags=VISITS)
@router.message(F.text, Pressed(CARDS), flags=VISITS)
async def cards_command(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    return await wallet_screen(visitor, ctx, CardsBy())


@router.callback_query(Tapped(Cards), flags=VISITS)
async def cards(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Cards
) -> Screen:
    return await wallet_screen(visitor, ctx, CardsBy(page=callback_data.page))


@router.callback_query(Tapped(CardsBy))
async def cards_by(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardsBy
) -> Screen:
    return await wallet_screen(visitor, ctx, callback_data)


@router.callback_query(Tapped(HiddenCards))
async def hidden_cards(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: HiddenCards
) -> Screen:
    found = await wallet_in_order(ctx, visitor.customer, archived=True)
    return archive(visitor.words, found, callback_data.page)


@router.callback_query(Tapped(CardsSorts))
async def orders(query: CallbackQuery, visitor: Visitor) -> Screen:
    return sorts(visitor.words)


@router.callback_query(Tapped(CardsShelves))
async def categories(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    found = shelves_of(await wallet_in_order(ctx, visitor.customer))
    return shelves(visitor.words, found.categories, found.others)


@router.callback_query(Tapped(CardsSearch))
async def ask_words(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, CARDS_SEARCH)
    return search_prompt(visitor.words)


@router.message(Typed(CARDS_SEARCH))
async def words_typed(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    """The next text searches again: one looks for a card until it is found."""
    typed = message.text or ""
    everything = await wallet_in_order(ctx, visitor.customer)
    everything += await wallet_in_order(ctx, visitor.customer, archived=True)
    return found_cards(visitor.words, typed, find_cards(everything, typed))


@router.callback_query(Tapped(CardsNear))
async def ask_location(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, CARDS_NEAR)
    return near_prompt(visitor.words)


@router.message(F.location, Awaiting(CARDS_NEAR))
async def located(message: Message, visitor: Visitor, ctx: Context, place: Place) -> Screen:
    """A location that is used once and not stored."""
    if place.here is None:
        return near_prompt(visitor.words, again=True)
    visitor.chat.awaiting = ""
    found = await cards_near(await wallet_in_order(ctx, visitor.customer), place.here)
    return near_cards(visitor.words, found)
