"""Documents that changed: read, tick, agree, or put off for this visit."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.consents.documents import read_document
from backend.consents.due import accounts_due
from backend.customers.choices.answer_again import answer_again
from backend.platform.context import Context
from bot.screens.choices.consent_again import Ticks, consent_again, due_label, tap_values
from bot.screens.choices.document import document_page
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.choices import Again, AgainAgree, AgainLater, AgainRead
from bot.views.choices import first_due, view_of
from bot.views.home import home_screen
from bot.views.pocket import card_screen
from bot.visitor import Visitor

router = Router(name="consent_again")

Shown = Again | AgainRead | AgainAgree


@router.callback_query(Tapped(Again))
async def tick(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Again
) -> Reply | Screen:
    view = await view_of(visitor, ctx, callback_data.account)
    if view is None or view.newest != callback_data.newest:
        return await _go_on(visitor, ctx, callback_data.card)
    left = len(await accounts_due(visitor.customer.id, ctx.clock()))
    return consent_again(visitor.words, view, _ticks(callback_data), left)


@router.callback_query(Tapped(AgainRead))
async def read(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AgainRead
) -> Reply | Screen | Alert:
    view = await view_of(visitor, ctx, callback_data.account)
    if view is None or view.newest != callback_data.newest:
        return await _go_on(visitor, ctx, callback_data.card)
    document = await read_document(callback_data.document)
    if document is None:
        return Alert(visitor.words("refusal-document-changed"))
    values = tap_values(view, _ticks(callback_data))

    def to(page: int) -> str:
        return AgainRead(document=document.id, page=page, **values).pack()

    back = Again(**values).pack()
    return document_page(visitor.words, document, callback_data.page, to, back)


@router.callback_query(Tapped(AgainAgree))
async def agree(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AgainAgree
) -> Reply | Screen | Alert:
    view = await view_of(visitor, ctx, callback_data.account)
    if view is None or view.newest != callback_data.newest:
        return await _go_on(visitor, ctx, callback_data.card)
    ticks = _ticks(callback_data)
    missing = [
        document for place, document in enumerate(view.required) if not ticks.documents >> place & 1
    ]
    if missing:
        label = due_label(visitor.words, view, missing[0])
        return Alert(visitor.words("again-missing", document=label))
    offered = view.advertising.channels if view.advertising is not None else []
    await answer_again(
        ctx,
        visitor.customer,
        view.account.id,
        [document.id for document in view.documents],
        {document.id for document in view.required},
        tuple(channel for place, channel in enumerate(offered) if ticks.channels >> place & 1),
    )
    shown = await _go_on(visitor, ctx, callback_data.card)
    thanks = Alert(visitor.words("again-thanks"), modal=False)
    return Reply(screen=shown, alert=thanks)


@router.callback_query(Tapped(AgainLater))
async def later(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AgainLater
) -> Reply:
    visitor.chat.consent_later_at = ctx.clock()
    told = Alert(visitor.words("again-later-told"), modal=False)
    return Reply(screen=await _there(visitor, ctx, callback_data.card), alert=told)


async def _go_on(visitor: Visitor, ctx: Context, card: int) -> Screen:
    """The next controller that asks, or where the person was going."""
    return await first_due(visitor, ctx, card) or await _there(visitor, ctx, card)


async def _there(visitor: Visitor, ctx: Context, card: int) -> Screen:
    return await card_screen(visitor, ctx, card) if card else await home_screen(visitor, ctx)


def _ticks(shown: Shown) -> Ticks:
    return Ticks(shown.ticks, shown.channels, shown.card)
