"""Ways through the questionnaire besides answering: back, keep, skip, resume, give up."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.issue.answer_questions import drop_application, keep_answer
from backend.cards.issue.application import current_application
from backend.platform.context import Context
from bot.screens.issue.question import drop_sure
from bot.screens.screen import Alert, Reply, Screen
from bot.tapped import Tapped
from bot.taps.issue import Back, BackFrom, Drop, DropThis, KeepAnswer, Resume, Skip
from bot.views.home import home_screen
from bot.views.issue import application_screen, resumed_screen, skipped, went_back
from bot.visitor import Visitor

router = Router(name="question_ways")


@router.callback_query(Tapped(Back))
async def back(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    """Of an old message: from wherever the person is."""
    return await went_back(visitor, ctx, query.from_user)


@router.callback_query(Tapped(BackFrom))
async def back_from(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: BackFrom
) -> Reply | Screen:
    at = (callback_data.application, callback_data.step)
    return await went_back(visitor, ctx, query.from_user, at)


@router.callback_query(Tapped(KeepAnswer))
async def keep(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: KeepAnswer
) -> Reply | Screen:
    at = (callback_data.application, callback_data.step)
    moved = await keep_answer(ctx, visitor.customer, at)
    return await application_screen(visitor, ctx, query.from_user, moved)


@router.callback_query(Tapped(Skip))
async def skip_tap(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Skip
) -> Reply | Screen:
    current = await current_application(ctx, visitor.customer)
    here = (current.application.id, current.application.step)
    if here != (callback_data.application, callback_data.step):
        return await application_screen(visitor, ctx, query.from_user, current)
    return await skipped(visitor, ctx, query.from_user, current)


@router.callback_query(Tapped(Resume))
async def resume(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Reply | Screen:
    return await resumed_screen(visitor, ctx, query.from_user)


@router.callback_query(Tapped(Drop))
async def drop(query: CallbackQuery, visitor: Visitor, ctx: Context) -> Screen:
    """Of an old message, which does not say what it would give up: asks."""
    current = await current_application(ctx, visitor.customer)
    return drop_sure(visitor.words, current.application.id)


@router.callback_query(Tapped(DropThis))
async def drop_this(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: DropThis
) -> Reply | Screen:
    current = await current_application(ctx, visitor.customer)
    if current.application.id != callback_data.application:
        return await application_screen(visitor, ctx, query.from_user, current)
    if not callback_data.sure:
        return drop_sure(visitor.words, current.application.id)
    await drop_application(ctx, visitor.customer, current.application.id)
    told = Alert(visitor.words("question-dropped"), modal=False)
    return Reply(screen=await home_screen(visitor, ctx), alert=told)
