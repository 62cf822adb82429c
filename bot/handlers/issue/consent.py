"""The consent screen: read, tick, agree or refuse."""

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.issue.agree import agree
from backend.cards.issue.application import OpenApplication, current_application
from backend.cards.issue.consent_screen import (
    ConsentView,
    consent_view,
    tick_channel,
    tick_document,
)
from backend.cards.issue.leave_out import back_from_consent, leave_out
from backend.consents.documents import read_document
from backend.platform.context import Context
from bot.screens.choices.document import document_page
from bot.screens.issue.consent import consent, document_label, refused
from bot.screens.refusals import reason
from bot.screens.screen import Alert, Reply, Screen
from bot.tap_codec import Tap
from bot.tapped import Tapped
from bot.taps.issue import (
    ConsentAgree,
    ConsentBack,
    ConsentChannel,
    ConsentMark,
    ConsentRead,
    ConsentRefuse,
    ConsentShow,
    ConsentTick,
    ConsentToggle,
    LeaveOut,
)
from bot.views.issue import application_screen, made_screen
from bot.visitor import Visitor
from models.refusal import Code, Refusal

router = Router(name="consent")


@router.callback_query(Tapped(ConsentMark))
@router.callback_query(Tapped(ConsentTick))
async def tick_required(
    query: CallbackQuery,
    visitor: Visitor,
    ctx: Context,
    callback_data: ConsentMark | ConsentTick,
) -> Reply | Screen:
    tap, on = callback_data, _on(callback_data)

    async def tick(current: OpenApplication, view: ConsentView) -> ConsentView:
        return await tick_document(ctx, current, view, tap.document, on)

    return await _ticked(visitor, ctx, query, tap.account, tick)


@router.callback_query(Tapped(ConsentChannel))
@router.callback_query(Tapped(ConsentToggle))
async def tick_advertising(
    query: CallbackQuery,
    visitor: Visitor,
    ctx: Context,
    callback_data: ConsentChannel | ConsentToggle,
) -> Reply | Screen:
    tap, on = callback_data, _on(callback_data)

    async def tick(current: OpenApplication, view: ConsentView) -> ConsentView:
        return await tick_channel(ctx, current, view, tap.channel, on)

    return await _ticked(visitor, ctx, query, tap.account, tick)


def _on(tap: Tap) -> bool | None:
    """None for a button of an old message: then it becomes whatever it is not now."""
    return tap.on if isinstance(tap, ConsentMark | ConsentChannel) else None


async def _ticked(
    visitor: Visitor,
    ctx: Context,
    query: CallbackQuery,
    account_id: int,
    tick: Callable[[OpenApplication, ConsentView], Awaitable[ConsentView]],
) -> Reply | Screen:
    """The screen after the tick; where the document on the person's screen is not in force any
    more, the one with the new document, and why."""
    current, view = await _in_hand(visitor, ctx, account_id)
    if view is None:
        return await application_screen(visitor, ctx, query.from_user, current)
    try:
        return consent(visitor.words, await tick(current, view))
    except Refusal as refusal:
        if refusal.code is not Code.DOCUMENT_CHANGED:
            raise
        alert = Alert(reason(visitor.words, refusal))
        return Reply(screen=consent(visitor.words, view), alert=alert)


@router.callback_query(Tapped(ConsentAgree))
async def agree_tap(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentAgree
) -> Reply | Screen | Alert:
    try:
        current, made = await agree(ctx, visitor.customer, callback_data.account, shown=True)
    except Refusal as refusal:
        if refusal.code is not Code.CONSENT_REQUIRED:
            raise
        return await _what_is_missing(visitor, ctx, query, callback_data.account)
    if made:
        return await made_screen(visitor, ctx, made)
    return await application_screen(visitor, ctx, query.from_user, current)


async def _what_is_missing(
    visitor: Visitor, ctx: Context, query: CallbackQuery, account_id: int
) -> Reply | Screen | Alert:
    current, view = await _in_hand(visitor, ctx, account_id)
    missing = view.missing() if view is not None else []
    if view is None or not missing:
        return await application_screen(visitor, ctx, query.from_user, current)
    label = document_label(visitor.words, view, missing[0])
    return Alert(visitor.words("consent-missing", document=label))


@router.callback_query(Tapped(ConsentRefuse))
async def refuse(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentRefuse
) -> Reply | Screen:
    current, view = await _in_hand(visitor, ctx, callback_data.account)
    if view is None:
        return await application_screen(visitor, ctx, query.from_user, current)
    return refused(visitor.words, view, current.application.id)


@router.callback_query(Tapped(ConsentBack))
async def back(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentBack
) -> Reply | Screen:
    current = await back_from_consent(ctx, visitor.customer, callback_data.account)
    return await application_screen(visitor, ctx, query.from_user, current)


@router.callback_query(Tapped(LeaveOut))
async def without(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: LeaveOut
) -> Reply | Screen:
    """The last controller may be the one: then the other cards are made at once."""
    current = await leave_out(ctx, visitor.customer, callback_data.account)
    return await application_screen(visitor, ctx, query.from_user, current)


@router.callback_query(Tapped(ConsentRead))
async def read(
    query: CallbackQuery, visitor: Visitor, callback_data: ConsentRead
) -> Screen | Alert:
    document = await read_document(callback_data.document)
    if document is None:
        return Alert(visitor.words("refusal-document-changed"))
    return document_page(visitor.words, document, callback_data.page)


@router.callback_query(Tapped(ConsentShow))
async def show(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    return await application_screen(visitor, ctx, query.from_user)


async def _in_hand(
    visitor: Visitor, ctx: Context, account_id: int
) -> tuple[OpenApplication, ConsentView | None]:
    """The application and this controller's screen; None when another step is current (the
    tap came from an older screen)."""
    current = await current_application(ctx, visitor.customer)
    account = current.next_controller
    if account is None or not current.in_hand(account_id):
        return current, None
    return current, await consent_view(ctx, visitor.customer, current, account)
