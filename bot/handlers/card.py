"""My cards, one card, and what its owner does with it."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from backend.cards.wallet import (
    cards_in_wallet,
    hide_card,
    messages_of_card,
    open_card,
    remove_card,
)
from backend.customers.profile import read_profile
from backend.messaging.wording import text_of
from backend.platform.context import Context
from bot import taps
from bot.handlers.visits import VISITS
from bot.screens.card import (
    brand_offers,
    card,
    hidden_cards,
    history,
    name_of,
    remove_sure,
    wallet,
)
from bot.screens.screen import Alert, Answer, Screen
from bot.visitor import Visitor
from catalog.browse import offers_of_brand
from models.media import Media

router = Router(name="card")
HISTORY_PAGE = 5


@router.message(Command("cards"), flags=VISITS)
async def cards_command(message: Message, visitor: Visitor) -> Screen:
    return await _wallet(visitor, 0)


@router.callback_query(taps.Cards.filter(), flags=VISITS)
async def cards(query: CallbackQuery, visitor: Visitor, callback_data: taps.Cards) -> Screen:
    return await _wallet(visitor, callback_data.page)


@router.callback_query(taps.HiddenCards.filter())
async def hidden(query: CallbackQuery, visitor: Visitor, callback_data: taps.HiddenCards) -> Screen:
    found = await cards_in_wallet(visitor.customer, hidden=True)
    return hidden_cards(visitor.words, found, callback_data.page)


@router.callback_query(taps.OpenCard.filter(), flags=VISITS)
async def show(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.OpenCard
) -> Screen:
    return await card_screen(visitor, ctx, callback_data.id)


async def card_screen(visitor: Visitor, ctx: Context, card_id: int, note: str = "") -> Screen:
    """Refuses with card_not_found."""
    shown = await open_card(visitor.customer, card_id)
    profile = read_profile(ctx, visitor.customer)
    names = (profile.get("given_name"), profile.get("surname"))
    holder = " ".join(str(name) for name in names if name)
    logo = None
    if shown.brand is not None and shown.brand.logo_id is not None:
        media = await Media.get_or_none(sha256=shown.brand.logo_id)
        logo = bytes(media.content) if media is not None else None
    return card(visitor.words, shown, holder, logo, note)


@router.callback_query(taps.CardNumber.filter())
async def number(query: CallbackQuery, visitor: Visitor, callback_data: taps.CardNumber) -> Alert:
    shown = await open_card(visitor.customer, callback_data.id)
    return Alert(shown.printed_number)


@router.callback_query(taps.HideCard.filter())
async def hide(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.HideCard
) -> Answer:
    await hide_card(visitor.customer, callback_data.id, hidden=callback_data.hidden)
    key = "card-hidden-now" if callback_data.hidden else "card-shown-now"
    screen = await card_screen(visitor, ctx, callback_data.id)
    return Answer(screen=screen, alert=Alert(visitor.words(key), modal=False))


@router.callback_query(taps.RemoveCard.filter())
async def remove(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.RemoveCard
) -> Answer | Screen:
    shown = await open_card(visitor.customer, callback_data.id)
    if not callback_data.sure:
        return remove_sure(visitor.words, shown)
    await remove_card(ctx, visitor.customer, shown.id)
    told = visitor.words("card-removed", brand=name_of(visitor.words, shown))
    return Answer(screen=await _wallet(visitor, 0), alert=Alert(told, modal=False))


@router.callback_query(taps.BrandOffers.filter())
async def offers(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.BrandOffers
) -> Screen:
    shown = await open_card(visitor.customer, callback_data.card)
    found = await offers_of_brand(ctx.clock(), shown.brand_id) if shown.brand_id else []
    return brand_offers(visitor.words, shown, found)


@router.callback_query(taps.History.filter())
async def messages(query: CallbackQuery, visitor: Visitor, callback_data: taps.History) -> Screen:
    shown = await open_card(visitor.customer, callback_data.card)
    page = max(0, callback_data.page)
    found, total = await messages_of_card(shown, HISTORY_PAGE, page * HISTORY_PAGE)
    pages = max(1, -(-total // HISTORY_PAGE))
    said = [(message, text_of(message, visitor.language)) for message in found]
    return history(visitor.words, shown, said, min(page, pages - 1), pages)


async def _wallet(visitor: Visitor, page: int) -> Screen:
    found = await cards_in_wallet(visitor.customer)
    concealed = await cards_in_wallet(visitor.customer, hidden=True)
    return wallet(visitor.words, found, len(concealed), page)
