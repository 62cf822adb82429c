"""The answers once more before the consents: right, or one of them to be changed."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.issue.change_step import change_answer, check_answers
from backend.platform.context import Context
from bot.screens.screen import Reply, Screen
from bot.tapped import Tapped
from bot.taps.issue import AnswersRight, ChangeAnswer
from bot.views.issue import application_screen
from bot.visitor import Visitor

router = Router(name="summary")


@router.callback_query(Tapped(AnswersRight))
async def right(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: AnswersRight
) -> Reply | Screen:
    current = await check_answers(ctx, visitor.customer, callback_data.application)
    return await application_screen(visitor, ctx, query.from_user, current)


@router.callback_query(Tapped(ChangeAnswer))
async def change(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: ChangeAnswer
) -> Reply | Screen:
    tap = callback_data
    current = await change_answer(ctx, visitor.customer, tap.application, tap.place)
    return await application_screen(visitor, ctx, query.from_user, current)
