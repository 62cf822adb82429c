"""My cards: in an order, by shelf, by name or number, near me; the archive."""

from collections import Counter

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.cards.pocket.find_cards import find_cards
from backend.cards.pocket.near import cards_near
from backend.cards.pocket.wallet import wallet_in_order
from backend.cards.pocket.wallet_card import WalletCard
from backend.cards.share.share_card import shared_with
from backend.platform.context import Context
from bot import taps
from bot.handlers.home.awaiting import CARDS_NEAR, CARDS_SEARCH, Awaiting, Pressed, Typed, expect
from bot.handlers.home.visits import VISITS
from bot.screens.home.keys import CARDS
from bot.screens.pocket.wallet import (
    WalletTally,
    archive,
    found_cards,
    near_cards,
    near_prompt,
    search_prompt,
    shelves,
    sorts,
    wallet,
)
from bot.screens.screen import Screen
from bot.tapped import Tapped
from bot.visitor import Visitor

router = Router(name="wallet")


@router.message(Command("cards"), flags=VISITS)
@router.message(F.text, Pressed(CARDS), flags=VISITS)
async def cards_command(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    return await wallet_screen(visitor, ctx, taps.CardsBy())


@router.callback_query(Tapped(taps.Cards), flags=VISITS)
async def cards(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.Cards
) -> Screen:
    return await wallet_screen(visitor, ctx, taps.CardsBy(page=callback_data.page))


@router.callback_query(Tapped(taps.CardsBy))
async def cards_by(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.CardsBy
) -> Screen:
    return await wallet_screen(visitor, ctx, callback_data)


async def wallet_screen(visitor: Visitor, ctx: Context, by: taps.CardsBy) -> Screen:
    found = await wallet_in_order(ctx, visitor.customer, sort=by.sort)
    hidden = await wallet_in_order(ctx, visitor.customer, archived=True)
    shared = await shared_with(ctx, visitor.customer)
    shelf = [kept for kept in found if _stands_on(kept, by)]
    return wallet(visitor.words, shelf, by, WalletTally(len(hidden), len(shared)))


def _stands_on(kept: WalletCard, by: taps.CardsBy) -> bool:
    if by.others:
        return kept.category is None
    return not by.shelf or (kept.category is not None and kept.category.id == by.shelf)


@router.callback_query(Tapped(taps.HiddenCards))
async def hidden_cards(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.HiddenCards
) -> Screen:
    found = await wallet_in_order(ctx, visitor.customer, archived=True)
    return archive(visitor.words, found, callback_data.page)


@router.callback_query(Tapped(taps.CardsSorts))
async def orders(query: CallbackQuery, visitor: Visitor) -> Screen:
    return sorts(visitor.words)


@router.callback_query(Tapped(taps.CardsShelves))
async def categories(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    found = await wallet_in_order(ctx, visitor.customer)
    known = {kept.category.id: kept.category for kept in found if kept.category is not None}
    counts = Counter(kept.category.id for kept in found if kept.category is not None)
    listed = sorted(known.values(), key=lambda shelf: (shelf.position, shelf.id))
    others = len(found) - counts.total()
    return shelves(visitor.words, [(shelf, counts[shelf.id]) for shelf in listed], others)


@router.callback_query(Tapped(taps.CardsSearch))
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


@router.callback_query(Tapped(taps.CardsNear))
async def ask_location(query: CallbackQuery, visitor: Visitor) -> Screen:
    expect(visitor, CARDS_NEAR)
    return near_prompt(visitor.words)


@router.message(F.location, Awaiting(CARDS_NEAR))
async def located(message: Message, visitor: Visitor, ctx: Context) -> Screen:
    """A location that is used once and not stored."""
    assert message.location is not None
    visitor.chat.awaiting = ""
    here = (message.location.latitude, message.location.longitude)
    found = await cards_near(await wallet_in_order(ctx, visitor.customer), here)
    return near_cards(visitor.words, found)
