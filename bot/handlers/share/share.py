"""Family: invite somebody to show a card, revoke it; open a card that somebody shares."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from backend.cards.pocket.end_shares import leave_share, revoke_share
from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.wallet import open_wallet_card
from backend.cards.share.share_card import share_card, shared_with, shares_of_card
from backend.platform.context import Context
from bot.place_screen import ScreenPlacer
from bot.screens.screen import Alert, Reply, Screen
from bot.screens.share.share import invitation, shared_cards, shares
from bot.start_link import make_share
from bot.tapped import Tapped
from bot.taps.share import CardShares, LeaveShared, OpenShared, SharedCards, ShareNew, ShareRevoke
from bot.views.share import opened_screen
from bot.visitor import Visitor
from catalog.days import day_in
from models.card_share import ShareMode, ShareWith

router = Router(name="share")


@router.callback_query(Tapped(CardShares))
async def given(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: CardShares
) -> Screen:
    return await shares_screen(visitor, ctx, callback_data.id)


async def shares_screen(visitor: Visitor, ctx: Context, card_id: int) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, card_id)
    found = await shares_of_card(ctx, visitor.customer, card_id)
    here = ctx.clock().astimezone(await zone_of(visitor.customer))
    return shares(visitor.words, shown, found, here)


@router.callback_query(Tapped(ShareNew))
async def invite(
    query: CallbackQuery, visitor: Visitor, ctx: Context, bot: Bot, callback_data: ShareNew
) -> Screen:
    whom = ShareWith.GROUP if callback_data.whom == ShareWith.GROUP else ShareWith.PERSON
    mode = ShareMode.USE if callback_data.mode == ShareMode.USE else ShareMode.VIEW
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    share, token = await share_card(ctx, visitor.customer, shown.id, whom, mode)
    parameter = "startgroup" if whom is ShareWith.GROUP else "start"
    link = f"https://t.me/{(await bot.me()).username}?{parameter}={make_share(token)}"
    until = day_in(await zone_of(visitor.customer), share.expires_at)
    return invitation(visitor.words, shown, whom, link, until)


@router.callback_query(Tapped(ShareRevoke))
async def revoke(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ShareRevoke
) -> Reply:
    await revoke_share(ctx, visitor.customer, callback_data.id)
    told = Alert(visitor.words("share-revoked"), modal=False)
    return Reply(screen=await shares_screen(visitor, ctx, callback_data.card), alert=told)


@router.callback_query(Tapped(SharedCards))
async def taken(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return shared_cards(visitor.words, await shared_with(ctx, visitor.customer))


@router.callback_query(Tapped(OpenShared))
async def open_shared(
    query: CallbackQuery,
    visitor: Visitor,
    ctx: Context,
    show: ScreenPlacer,
    callback_data: OpenShared,
) -> Screen:
    return await opened_screen(visitor, ctx, show, callback_data.id)


@router.callback_query(Tapped(LeaveShared))
async def leave(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: LeaveShared
) -> Reply:
    await leave_share(ctx, visitor.customer, callback_data.id)
    told = Alert(visitor.words("shared-left"), modal=False)
    found = await shared_with(ctx, visitor.customer)
    return Reply(screen=shared_cards(visitor.words, found), alert=told)
