"""Ways through the questionnaire besides answering: back, keep, skip, resume, give up."""

from aiogram import Router
from aiogram.types import CallbackQuery, User

from backend.cards.issue.answer_questions import (
    current_application,
    drop_application,
    keep_answer,
    skip,
)
from backend.cards.issue.application import OpenApplication
from backend.cards.issue.change_step import go_back
from backend.platform.context import Context
from bot import taps
from bot.handlers.browse.offer import offer_screen
from bot.handlers.home.start import home_screen
from bot.handlers.issue.application import application_screen, resumed_screen
from bot.handlers.issue.basket import basket_screen
from bot.handlers.issue.finished import AfterTheEnd
from bot.screens.issue.question import drop_sure
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.visitor import Visitor

router = Router(name="question_ways")
router.callback_query.middleware(AfterTheEnd())


@router.callback_query(Tapped(taps.Back))
async def back(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    """Of an old message: from wherever the person is."""
    return await went_back(visitor, ctx, query.from_user)


@router.callback_query(Tapped(taps.BackFrom))
async def back_from(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.BackFrom
) -> Reply | Screen:
    at = (callback_data.application, callback_data.step)
    return await went_back(visitor, ctx, query.from_user, at)


async def went_back(
    visitor: Visitor, ctx: Context, person: User | None, at: tuple[int, int] | None = None
) -> Reply | Screen:
    current, moved = await go_back(ctx, visitor.customer, at)
    if moved:
        return await application_screen(visitor, ctx, person, current)
    return await _came_from(visitor, ctx, current)


async def _came_from(visitor: Visitor, ctx: Context, current: OpenApplication) -> Screen:
    """Before the first question stands the offer, or the list with the ticks as they were. The
    application stays open, with every answer."""
    picked = [offer.id for offer in current.offers]
    if len(picked) == 1:
        return await offer_screen(visitor, ctx, picked[0])
    visitor.chat.basket = picked
    return await basket_screen(visitor, ctx, 0, 0)


@router.callback_query(Tapped(taps.KeepAnswer))
async def keep(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.KeepAnswer
) -> Reply | Screen:
    at = (callback_data.application, callback_data.step)
    moved = await keep_answer(ctx, visitor.customer, at)
    return await application_screen(visitor, ctx, query.from_user, moved)


@router.callback_query(Tapped(taps.Skip))
async def skip_tap(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.Skip
) -> Reply | Screen:
    current = await current_application(ctx, visitor.customer)
    here = (current.application.id, current.application.step)
    if here != (callback_data.application, callback_data.step):
        return await application_screen(visitor, ctx, query.from_user, current)
    return await skipped(visitor, ctx, query.from_user, current)


async def skipped(
    visitor: Visitor, ctx: Context, person: User | None, current: OpenApplication
) -> Reply | Screen:
    key = current.asking
    if key is None:
        return await application_screen(visitor, ctx, person, current)
    return await application_screen(visitor, ctx, person, await skip(ctx, visitor.customer, key))


@router.callback_query(Tapped(taps.Resume))
async def resume(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    return await resumed_screen(visitor, ctx, query.from_user)


@router.callback_query(Tapped(taps.Drop))
async def drop(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    """Of an old message, which does not say what it would give up: asks."""
    current = await current_application(ctx, visitor.customer)
    return drop_sure(visitor.words, current.application.id)


@router.callback_query(Tapped(taps.DropThis))
async def drop_this(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: taps.DropThis
) -> Reply | Screen:
    current = await current_application(ctx, visitor.customer)
    if current.application.id != callback_data.application:
        return await application_screen(visitor, ctx, query.from_user, current)
    if not callback_data.sure:
        return drop_sure(visitor.words, current.application.id)
    await drop_application(ctx, visitor.customer, current.application.id)
    told = Alert(visitor.words("question-dropped"), modal=False)
    return Reply(screen=await home_screen(visitor, ctx), alert=told)
