"""One offer: open it, read its terms, find its stores."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from backend.cards.pool.wait_for_numbers import stop_waiting, wait_for_numbers
from backend.consents.documents import read_document, same_in, terms_of
from backend.customers.person.choose import city_of
from backend.offer_page import cities_of
from backend.platform.context import Context
from bot.awaiting import STORES, Awaiting, expect
from bot.place import Place
from bot.screens.browse.offer import stores, stores_location
from bot.screens.browse.offer_terms import offer_terms
from bot.screens.choices.document import document_page
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.browse import OfferRules, OpenOffer, Stores, StoresNear, Terms, WaitNumbers
from bot.views.browse import offer_screen
from bot.visitor import Visitor
from catalog.shelves.browse import open_offer, stores_near

router = Router(name="offer")


@router.callback_query(Tapped(OpenOffer))
async def show(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: OpenOffer
) -> Screen:
    return await offer_screen(visitor, ctx, callback_data.id)


@router.callback_query(Tapped(WaitNumbers))
async def wait(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: WaitNumbers
) -> Reply:
    if not callback_data.on:
        await stop_waiting(ctx, visitor.customer, callback_data.offer)
        key = "offer-wait-off-told"
    elif await wait_for_numbers(ctx, visitor.customer, callback_data.offer):
        key = "offer-wait-told"
    else:
        key = "offer-wait-there"
    screen = await offer_screen(visitor, ctx, callback_data.offer)
    return Reply(screen=screen, alert=Alert(visitor.words(key), modal=False))


@router.callback_query(Tapped(Terms))
async def terms(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Terms
) -> Screen:
    shown = await open_offer(ctx.clock(), callback_data.offer)
    rules = await terms_of(shown.brand.program, visitor.language, ctx.clock())
    return offer_terms(visitor.words, shown, await cities_of(shown), rules)


@router.callback_query(Tapped(OfferRules))
async def rules(
    query: CallbackQuery, visitor: Visitor, callback_data: OfferRules
) -> Screen | Alert:
    here = callback_data
    document = await read_document(here.document)
    if document is None:
        return Alert(visitor.words("refusal-document-changed"))

    def to(page: int) -> str:
        return replace(here, page=page).pack()

    back = Terms(offer=here.offer).pack()
    text = await same_in(document, visitor.language)
    return document_page(visitor.words, text, here.page, to, back, "terms-back")


@router.callback_query(Tapped(Stores))
async def in_city(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Stores
) -> Screen:
    shown = await open_offer(ctx.clock(), callback_data.offer)
    city = await city_of(visitor.customer)
    near = await stores_near(shown.brand_id, visitor.customer.city_id)
    return stores(visitor.words, shown, city, near)


@router.callback_query(Tapped(StoresNear))
async def ask_location(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: StoresNear
) -> Screen:
    shown = await open_offer(ctx.clock(), callback_data.offer)
    expect(visitor, STORES, offer=shown.id)
    return stores_location(visitor.words, shown.brand)


@router.message(F.location, Awaiting(STORES))
async def stores_located(message: Message, visitor: Visitor, ctx: Context, place: Place) -> Screen:
    """A location while stores are being looked for: used once, not stored."""
    shown = await open_offer(ctx.clock(), int(visitor.chat.awaiting_data["offer"]))
    if place.here is None:
        return stores_location(visitor.words, shown.brand, again=True)
    visitor.chat.awaiting = ""
    near = await stores_near(shown.brand_id, None, place.here)
    return stores(visitor.words, shown, await city_of(visitor.customer), near)
