"""Consents that stand: look, switch, take a receipt, take back."""

from dataclasses import replace
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Update

from backend.cards.pocket.expiry import zone_of
from backend.consents.documents import read_document, same_in
from backend.consents.receipt import make_receipt
from backend.consents.receipt_page import receipt_page
from backend.customers.choices.allow_advertising import allow_advertising
from backend.customers.choices.choose_digest import choose_digest
from backend.customers.choices.consents_of import consents_of, consents_of_brand
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.choices.withdraw_personal_data import cards_under, withdraw_personal_data
from backend.platform.context import Context
from bot.screens.choices.consents import brand_consents, consents, stopped, withdraw_sure, withdrawn
from bot.screens.choices.document import document_page
from bot.screens.screen import Alert, File, Reply, Screen
from bot.tapped import Tapped
from bot.taps.choices import (
    AdsDigest,
    AdsOff,
    AdsSwitch,
    AllAdsOff,
    BrandConsentRead,
    BrandConsents,
    Consents,
    Receipt,
    WithdrawData,
)
from bot.visitor import Visitor
from bot.visits import PUSH_BUTTON
from catalog.days import day_in
from catalog.scope import brands_in_catalog, controllers
from models.refusal import Refusal
from models.telegram_update import TelegramUpdate

router = Router(name="consents")


@router.callback_query(Tapped(Consents))
async def everything(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Consents
) -> Screen:
    return await _list(visitor, ctx, callback_data.page)


async def _list(visitor: Visitor, ctx: Context, page: int = 0) -> Screen:
    views, digest = await consents_of(ctx, visitor.customer), visitor.customer.ads_digest
    return consents(visitor.words, views, page, digest=digest)


@router.callback_query(Tapped(BrandConsents))
async def one_brand(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: BrandConsents
) -> Screen:
    return await _brand(visitor, ctx, callback_data.brand, callback_data.card)


async def _brand(visitor: Visitor, ctx: Context, brand_id: int, card: int) -> Screen:
    view = await consents_of_brand(ctx, visitor.customer, brand_id)
    if view is None:
        return await _list(visitor, ctx)
    zone = await zone_of(visitor.customer)
    return brand_consents(visitor.words, view, zone, card)


@router.callback_query(Tapped(BrandConsentRead))
async def read(
    query: CallbackQuery, visitor: Visitor, callback_data: BrandConsentRead
) -> Screen | Alert:
    """In the person's language: every version is there in both."""
    document = await read_document(callback_data.document)
    if document is None:
        return Alert(visitor.words("refusal-document-changed"))
    here = callback_data

    def to(page: int) -> str:
        return replace(here, page=page).pack()

    back = BrandConsents(brand=here.brand, card=here.card).pack()
    text = await same_in(document, visitor.language)
    return document_page(visitor.words, text, here.page, to, back)


@router.callback_query(Tapped(AdsSwitch))
async def switch(
    query: CallbackQuery,
    visitor: Visitor,
    ctx: Context,
    callback_data: AdsSwitch,
    event_update: Update,
) -> Reply:
    """What the button says it will be: a second tap changes nothing."""
    asked = callback_data
    if asked.on:
        await allow_advertising(ctx, visitor.customer, asked.brand, asked.document, asked.channel)
    else:
        await stop_advertising(
            ctx,
            visitor.customer.id,
            brand_id=asked.brand,
            channel=asked.channel,
            tapped_at=await _arrival(visitor, event_update),
        )
    told = Alert(visitor.words("ads-on-now" if asked.on else "ads-off-now"), modal=False)
    return Reply(screen=await _brand(visitor, ctx, asked.brand, asked.card), alert=told)


@router.callback_query(Tapped(AdsOff), flags=PUSH_BUTTON)
async def off_under_a_promo(
    query: CallbackQuery,
    visitor: Visitor,
    ctx: Context,
    callback_data: AdsOff,
    event_update: Update,
) -> Reply | Alert:
    brand = await brands_in_catalog().get_or_none(id=callback_data.brand)
    if brand is None:
        return Alert(visitor.words("ads-off-already"))
    off = await stop_advertising(
        ctx,
        visitor.customer.id,
        brand_id=brand.id,
        channel=callback_data.channel,
        tapped_at=await _arrival(visitor, event_update),
    )
    if not off:
        return Alert(visitor.words("ads-off-already"))
    screen = stopped(visitor.words, brand, callback_data.channel)
    return Reply(screen=screen, alert=Alert(visitor.words("ads-off-now"), modal=False))


@router.callback_query(Tapped(AllAdsOff))
async def all_off(
    query: CallbackQuery, visitor: Visitor, ctx: Context, event_update: Update
) -> Reply:
    arrived = await _arrival(visitor, event_update)
    await stop_advertising(ctx, visitor.customer.id, tapped_at=arrived)
    told = Alert(visitor.words("ads-all-off-now"))
    return Reply(screen=await _list(visitor, ctx), alert=told)


@router.callback_query(Tapped(AdsDigest))
async def once_a_day(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AdsDigest
) -> Reply:
    """What the button says it will be: a second tap changes nothing."""
    await choose_digest(ctx, visitor.customer, wanted=callback_data.on)
    told = visitor.words("ads-digest-on-now" if callback_data.on else "ads-digest-off-now")
    return Reply(screen=await _list(visitor, ctx), alert=Alert(told, modal=False))


@router.callback_query(Tapped(Receipt))
async def receipt(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Receipt
) -> Reply | Alert:
    view = await consents_of_brand(ctx, visitor.customer, callback_data.brand)
    if view is None:
        return Alert(visitor.words("receipt-none"))
    made = await make_receipt(visitor.customer.id, view.account.id, visitor.language, ctx.clock())
    if made is None:
        return Alert(visitor.words("receipt-none"))
    zone = await zone_of(visitor.customer)
    name = f"consents-{view.account.key}-{day_in(zone, ctx.clock())}"
    files = (
        File(f"{name}.html", receipt_page(made, zone), visitor.words.html("receipt-caption-page")),
        File(f"{name}.json", made.json, visitor.words.html("receipt-caption-json")),
    )
    screen = brand_consents(visitor.words, view, zone, callback_data.card)
    return Reply(screen=screen, files=files)


@router.callback_query(Tapped(WithdrawData))
async def withdraw(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: WithdrawData
) -> Screen:
    account = await controllers().get_or_none(id=callback_data.account)
    if account is None:
        return await _list(visitor, ctx)
    if not callback_data.sure:
        cards = await cards_under(visitor.customer, account.id)
        return withdraw_sure(visitor.words, account, cards)
    try:
        gone = await withdraw_personal_data(ctx, visitor.customer, account.id)
    except Refusal:
        # A second tap: it is withdrawn already.
        return await _list(visitor, ctx)
    return withdrawn(visitor.words, account, len(gone))


async def _arrival(visitor: Visitor, update: Update) -> datetime | None:
    """When the tap reached the inbox."""
    kept = await TelegramUpdate.get_or_none(bot_id=visitor.bot_id, update_id=update.update_id)
    return kept.received_at if kept is not None else None
