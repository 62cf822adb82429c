"""Family: invite somebody to show a card, revoke it; open a card that somebody shares."""

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from backend.cards.pocket.end_shares import leave_share, revoke_share
from backend.cards.pocket.expiry import zone_of
from backend.cards.pocket.wallet import open_wallet_card
from backend.cards.share.share_card import (
    accept_share,
    open_share,
    share_card,
    shared_with,
    shares_of_card,
)
from backend.platform.context import Context
from bot import taps
from bot.handlers.share.share_group import show_card
from bot.place_screen import ScreenPlacer
from bot.screens.screen import Alert, Reply, Screen
from bot.screens.share.share import invitation, shared_below, shared_cards, shares
from bot.start_link import make_share
from bot.tapped import Tapped
from bot.visitor import Visitor
from catalog.days import day_in
from models.card_share import ShareMode, ShareWith

router = Router(name="share")


@router.callback_query(Tapped(taps.CardShares))
async def given(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.CardShares
) -> Screen:
    return await shares_screen(visitor, ctx, callback_data.id)


async def shares_screen(visitor: Visitor, ctx: Context, card_id: int) -> Screen:
    shown = await open_wallet_card(ctx, visitor.customer, card_id)
    found = await shares_of_card(ctx, visitor.customer, card_id)
    here = ctx.clock().astimezone(await zone_of(visitor.customer))
    return shares(visitor.words, shown, found, here)


@router.callback_query(Tapped(taps.ShareNew))
async def invite(
    query: CallbackQuery, visitor: Visitor, ctx: Context, bot: Bot, callback_data: taps.ShareNew
) -> Screen:
    whom = ShareWith.GROUP if callback_data.whom == ShareWith.GROUP else ShareWith.PERSON
    mode = ShareMode.USE if callback_data.mode == ShareMode.USE else ShareMode.VIEW
    shown = await open_wallet_card(ctx, visitor.customer, callback_data.id)
    share, token = await share_card(ctx, visitor.customer, shown.id, whom, mode)
    parameter = "startgroup" if whom is ShareWith.GROUP else "start"
    link = f"https://t.me/{(await bot.me()).username}?{parameter}={make_share(token)}"
    until = day_in(await zone_of(visitor.customer), share.expires_at)
    return invitation(visitor.words, shown, whom, link, until)


@router.callback_query(Tapped(taps.ShareRevoke))
async def revoke(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.ShareRevoke
) -> Reply:
    await revoke_share(ctx, visitor.customer, callback_data.id)
    told = Alert(visitor.words("share-revoked"), modal=False)
    return Reply(screen=await shares_screen(visitor, ctx, callback_data.card), alert=told)


async def invited(
    visitor: Visitor, ctx: Context, show: ScreenPlacer, message: Message, token: str
) -> Screen:
    """The guest follows the link. Refuses as accept_share does."""
    name = message.from_user.first_name if message.from_user is not None else ""
    share = await accept_share(ctx, visitor.customer, token, name)
    return await _opened(visitor, ctx, show, share.id)


async def _opened(visitor: Visitor, ctx: Context, show: ScreenPlacer, share_id: int) -> Screen:
    shown = await open_share(ctx, share_id, guest_id=visitor.customer.id)
    await show_card(show, ctx, visitor.words, shown, visitor.chat.chat_id)
    return shared_below(visitor.words, shown)


@router.callback_query(Tapped(taps.SharedCards))
async def taken(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    return shared_cards(visitor.words, await shared_with(ctx, visitor.customer))


@router.callback_query(Tapped(taps.OpenShared))
async def open_shared(
    query: CallbackQuery,
    visitor: Visitor,
    ctx: Context,
    show: ScreenPlacer,
    callback_data: taps.OpenShared,
) -> Screen:
    return await _opened(visitor, ctx, show, callback_data.id)


@router.callback_query(Tapped(taps.LeaveShared))
async def leave(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.LeaveShared
) -> Reply:
    await leave_share(ctx, visitor.customer, callback_data.id)
    told = Alert(visitor.words("shared-left"), modal=False)
    found = await shared_with(ctx, visitor.customer)
    return Reply(screen=shared_cards(visitor.words, found), alert=told)
