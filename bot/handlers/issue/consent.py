"""The consent screen: read, tick, agree or refuse."""

from collections.abc import Awaitable, Callable

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.issue.answer_questions import current_application
from backend.cards.issue.application import OpenApplication
from backend.cards.issue.consent_screen import (
    ConsentView,
    agree,
    consent_view,
    in_hand,
    next_controller,
    tick_channel,
    tick_document,
)
from backend.cards.issue.leave_out import back_from_consent, leave_out
from backend.consents.documents import read_document
from backend.platform.context import Context
from bot.screens.choices.document import document_page
from bot.screens.issue.consent import document_label, refused
from bot.screens.refusals import reason
from bot.screens.screen import Alert, Reply, Screen
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
from bot.views.issue import application_screen
from bot.visitor import Visitor
from models.refusal import Code, Refusal

router = Router(name="consent")


@router.callback_query(Tapped(ConsentTick))
async def tick_required(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentTick
) -> Reply | Screen:
    """Of an old message: whatever it is not now."""
    tapped, document = callback_data.account, callback_data.document
    return await _tick(visitor, ctx, query, tapped, lambda j, v: tick_document(ctx, j, v, document))


@router.callback_query(Tapped(ConsentMark))
async def mark_required(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentMark
) -> Reply | Screen:
    tap = callback_data

    async def mark(current: OpenApplication, view: ConsentView) -> None:
        await tick_document(ctx, current, view, tap.document, tap.on)

    return await _tick(visitor, ctx, query, tap.account, mark)


@router.callback_query(Tapped(ConsentChannel))
async def mark_advertising(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentChannel
) -> Reply | Screen:
    tap = callback_data

    async def mark(current: OpenApplication, view: ConsentView) -> None:
        await tick_channel(ctx, current, view, tap.channel, tap.on)

    return await _tick(visitor, ctx, query, tap.account, mark)


@router.callback_query(Tapped(ConsentToggle))
async def tick_advertising(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentToggle
) -> Reply | Screen:
    tapped, channel = callback_data.account, callback_data.channel
    return await _tick(visitor, ctx, query, tapped, lambda j, v: tick_channel(ctx, j, v, channel))


async def _tick(
    visitor: Visitor,
    ctx: Context,
    query: CallbackQuery,
    account_id: int,
    tick: Callable[[OpenApplication, ConsentView], Awaitable[None]],
) -> Reply | Screen:
    """Tick on the current screen and show it again."""
    current, view = await _in_hand(visitor, ctx, account_id)
    if view is None:
        return await application_screen(visitor, ctx, query.from_user, current)
    try:
        await tick(current, view)
    except Refusal as refusal:
        return await _again(visitor, ctx, query, current, refusal)
    return await application_screen(visitor, ctx, query.from_user, current)


@router.callback_query(Tapped(ConsentAgree))
async def agree_tap(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ConsentAgree
) -> Reply | Screen | Alert:
    current, view = await _in_hand(visitor, ctx, callback_data.account)
    if view is not None:
        missing = view.missing()
        if missing:
            label = document_label(visitor.words, view, missing[0])
            return Alert(visitor.words("consent-missing", document=label))
        await agree(ctx, current, view)
    return await application_screen(visitor, ctx, query.from_user, current)


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
    account = next_controller(current)
    if account is None or not in_hand(current, account_id):
        return current, None
    return current, await consent_view(ctx, visitor.customer, current, account)


async def _again(
    visitor: Visitor, ctx: Context, query: CallbackQuery, current: OpenApplication, refusal: Refusal
) -> Reply:
    """The document on the screen is not in force any more: say so and show the new one."""
    if refusal.code is not Code.DOCUMENT_CHANGED:
        raise refusal
    shown = await application_screen(visitor, ctx, query.from_user, current)
    screen = shown.screen if isinstance(shown, Reply) else shown
    assert isinstance(screen, Screen)
    return Reply(screen=screen, alert=Alert(reason(visitor.words, refusal)))
