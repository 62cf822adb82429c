"""One card, and what its owner does with it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.organise import archive_card, count_opening
from backend.cards.pocket.told_before import count_messages, messages_of_card
from backend.cards.pocket.view_card import view_card
from backend.cards.pocket.wallet import open_card, open_wallet_card, remove_card
from backend.connections.ask_card import look_again, news_of_card
from backend.ledger.history import count_movements, movements
from backend.platform.context import Context
from backend.sales.history import count_sales, sales_of
from backend.templates.words_of import words_of
from bot.screens.pocket.card import (
    brand_offers,
    card,
    full_barcode,
    history,
    name_of,
    remove_sure,
)
from bot.screens.pocket.operations import operations
from bot.screens.pocket.points import points_history
from bot.screens.pocket.purchases import purchases
from bot.screens.refusals import again_screen
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.pocket import (
    BrandOffers,
    CardNumber,
    CardsBy,
    FullBarcode,
    HideCard,
    History,
    OpenCard,
    Operations,
    PointsHistory,
    Purchases,
    RemoveCard,
)
from bot.views.pocket import card_screen, wallet_screen
from bot.visitor import Visitor
from bot.visits import VISITS
from catalog.shelves.browse import offers_of_brand
from models.refusal import Code, Refusal

router = Router(name="card")
HISTORY_PAGE = 5


@router.callback_query(Tapped(OpenCard), flags=VISITS)
async def show(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: OpenCard
) -> Screen:
    view = await view_card(ctx, visitor.customer, callback_data.id)
    await count_opening(ctx, visitor.customer, view.shown)
    await look_again(ctx, view.shown.card)
    return card(visitor.words, view)


@router.callback_query(Tapped(FullBarcode))
async def full(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: FullBarcode
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    if not shown.shows_barcode:
        return await card_screen(visitor, ctx, shown.id)
    await count_opening(ctx, visitor.customer, shown)
    return full_barcode(visitor.words, shown)


@router.callback_query(Tapped(CardNumber))
async def number(query: CallbackQuery, visitor: Visitor, callback_data: CardNumber) -> Alert:
    shown = await open_card(visitor.customer, callback_data.id)
    return Alert(shown.printed_number)


@router.callback_query(Tapped(HideCard))
async def hide(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: HideCard
) -> Reply:
    await archive_card(visitor.customer, callback_data.id, archived=callback_data.hidden)
    key = "card-hidden-now" if callback_data.hidden else "card-shown-now"
    screen = await card_screen(visitor, ctx, callback_data.id)
    return Reply(screen=screen, alert=Alert(visitor.words(key), modal=False))


@router.callback_query(Tapped(RemoveCard))
async def remove(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: RemoveCard
) -> Reply | Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    if not callback_data.sure:
        return remove_sure(visitor.words, shown)
    await remove_card(ctx, visitor.customer, shown.id)
    told = visitor.words("card-removed", brand=name_of(visitor.words, shown))
    return Reply(
        screen=await wallet_screen(visitor, ctx, CardsBy()), alert=Alert(told, modal=False)
    )


@router.callback_query(Tapped(BrandOffers))
async def offers(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: BrandOffers
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.card)
    brand_id = shown.card.brand_id
    found = await offers_of_brand(ctx.clock(), brand_id) if brand_id else []
    return brand_offers(visitor.words, shown, found)


@router.callback_query(Tapped(PointsHistory))
async def points(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: PointsHistory
) -> Screen:
    view = await view_card(ctx, visitor.customer, callback_data.card)
    pages = max(1, -(-await count_movements(view.shown.id) // HISTORY_PAGE))
    page = min(max(0, callback_data.page), pages - 1)
    found = await movements(view.shown.id, HISTORY_PAGE, page * HISTORY_PAGE)
    return points_history(visitor.words, view, found, page, pages)


@router.callback_query(Tapped(Operations))
async def moved(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Operations
) -> Screen:
    view = await view_card(ctx, visitor.customer, callback_data.card)
    try:
        news = await news_of_card(ctx, visitor.customer, view.shown.card)
    except Refusal as refusal:
        if refusal.code is not Code.TRY_LATER:
            raise
        return again_screen(visitor.words, refusal, callback_data.pack())
    return operations(visitor.words, view, news)


@router.callback_query(Tapped(Purchases))
async def bought(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Purchases
) -> Screen:
    view = await view_card(ctx, visitor.customer, callback_data.card)
    pages = max(1, -(-await count_sales(view.shown.id) // HISTORY_PAGE))
    page = min(max(0, callback_data.page), pages - 1)
    found = await sales_of(view.shown.id, HISTORY_PAGE, page * HISTORY_PAGE)
    return purchases(visitor.words, view, found, page, pages)


@router.callback_query(Tapped(History))
async def messages(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: History
) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.card)
    pages = max(1, -(-await count_messages(shown.card) // HISTORY_PAGE))
    page = min(max(0, callback_data.page), pages - 1)
    found = await messages_of_card(shown.card, HISTORY_PAGE, page * HISTORY_PAGE)
    whose = visitor.customer
    said = [(each, words_of(ctx, whose, each, visitor.language).text()) for each in found]
    zone = await zone_of(visitor.customer)
    return history(visitor.words, shown, said, page, pages, zone)
