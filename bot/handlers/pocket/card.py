"""One card, and what its owner does with it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.organise import archive_card, count_use
from backend.cards.pocket.owner_notes import photos_of
from backend.cards.pocket.partner_match import joined_at_once
from backend.cards.pocket.wallet import messages_of_card, open_card, open_wallet_card, remove_card
from backend.cards.pocket.wallet_card import WalletCard
from backend.customers.person.profile import read_profile
from backend.messaging.wording import text_of
from backend.platform.context import Context
from bot import taps
from bot.handlers.home.visits import VISITS
from bot.handlers.pocket.wallet import wallet_screen
from bot.screens.parts import brand_name
from bot.screens.pocket.card import (
    CardView,
    brand_offers,
    card,
    full_barcode,
    history,
    name_of,
    remove_sure,
)
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.visitor import Visitor
from catalog.browse import offers_of_brand
from catalog.logos import logo_of

router = Router(name="card")
HISTORY_PAGE = 5


@router.callback_query(Tapped(taps.OpenCard), flags=VISITS)
async def show(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.OpenCard
) -> Screen:
    screen = await card_screen(visitor, ctx, callback_data.id)
    await count_use(ctx, visitor.customer, callback_data.id)
    return screen


async def card_screen(visitor: Visitor, ctx: Context, card_id: int, note: str = "") -> Screen:
    """Refuses with card_not_found."""
    shown = await open_wallet_card(ctx, visitor.customer, card_id)
    return card(visitor.words, shown, await card_view_of(visitor, ctx, shown, note))


async def card_view_of(
    visitor: Visitor, ctx: Context, shown: WalletCard, note: str = ""
) -> CardView:
    customer = visitor.customer
    photo = None
    if not shown.drawn and "front" in shown.photos:
        photo = (await photos_of(ctx, customer, shown.id)).get("front")
    joined = await joined_at_once(ctx, customer, shown)
    return CardView(
        here=ctx.clock().astimezone(await zone_of(customer)),
        holder=holder_of(ctx, visitor),
        logo=await logo_of(shown.card.brand),
        photo=photo,
        joined=brand_name(visitor.words, joined.brand) if joined is not None else "",
        note=note,
    )


def holder_of(ctx: Context, visitor: Visitor) -> str:
    profile = read_profile(ctx, visitor.customer)
    names = (profile.get("given_name"), profile.get("surname"))
    return " ".join(str(name) for name in names if name)


@router.callback_query(Tapped(taps.FullBarcode))
async def full(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.FullBarcode
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    if not shown.drawn:
        return await card_screen(visitor, ctx, shown.id)
    await count_use(ctx, visitor.customer, shown.id)
    return full_barcode(visitor.words, shown)


@router.callback_query(Tapped(taps.CardNumber))
async def number(query: CallbackQuery, visitor: Visitor, callback_data: taps.CardNumber) -> Alert:
    shown = await open_card(visitor.customer, callback_data.id)
    return Alert(shown.printed_number)


@router.callback_query(Tapped(taps.HideCard))
async def hide(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.HideCard
) -> Reply:
    await archive_card(visitor.customer, callback_data.id, archived=callback_data.hidden)
    key = "card-hidden-now" if callback_data.hidden else "card-shown-now"
    screen = await card_screen(visitor, ctx, callback_data.id)
    return Reply(screen=screen, alert=Alert(visitor.words(key), modal=False))


@router.callback_query(Tapped(taps.RemoveCard))
async def remove(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.RemoveCard
) -> Reply | Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    if not callback_data.sure:
        return remove_sure(visitor.words, shown)
    await remove_card(ctx, visitor.customer, shown.id)
    told = visitor.words("card-removed", brand=name_of(visitor.words, shown))
    return Reply(
        screen=await wallet_screen(visitor, ctx, taps.CardsBy()), alert=Alert(told, modal=False)
    )


@router.callback_query(Tapped(taps.BrandOffers))
async def offers(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.BrandOffers
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.card)
    brand_id = shown.card.brand_id
    found = await offers_of_brand(ctx.clock(), brand_id) if brand_id else []
    return brand_offers(visitor.words, shown, found)


@router.callback_query(Tapped(taps.History))
async def messages(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.History
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.card)
    page = max(0, callback_data.page)
    found, total = await messages_of_card(shown.card, HISTORY_PAGE, page * HISTORY_PAGE)
    pages = max(1, -(-total // HISTORY_PAGE))
    said = [(message, text_of(message, visitor.language)) for message in found]
    zone = await zone_of(visitor.customer)
    return history(visitor.words, shown, said, min(page, pages - 1), pages, zone)
