"""Answer the questionnaire by a button."""

from aiogram import Router
from aiogram.types import CallbackQuery

from backend.cards.issue.answer_questions import keep_contact
from backend.cards.issue.application import OpenApplication, current_application
from backend.cards.issue.view_question import option_answer
from backend.platform.context import Context
from bot.screens.screen import Reply, Screen
from bot.tapped import Tapped
from bot.taps.issue import Choice, PickOption
from bot.views.issue import application_screen, names_of, question_screen
from bot.views.issue_answers import picked_so_far, take_answer
from bot.visitor import Visitor
from catalog.questions.question import FieldType

router = Router(name="question")
DONE = -1


@router.callback_query(Tapped(Choice))
async def choice(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Choice
) -> Reply | Screen:
    current = await current_application(ctx, visitor.customer)
    if (current.application.id, current.application.step) != (
        callback_data.application,
        callback_data.step,
    ):
        # A button of an earlier question: show the current one.
        return await application_screen(visitor, ctx, query.from_user, current)
    key = current.asking
    if key is None:
        return await application_screen(visitor, ctx, query.from_user, current)
    if current.fields[key].type is FieldType.CHOICES:
        return await _several(query, visitor, ctx, current, callback_data.option)
    if current.fields[key].type is FieldType.EMAIL:
        moved = await keep_contact(ctx, visitor.customer, current)
        return await application_screen(visitor, ctx, query.from_user, moved)
    raw = await option_answer(current.fields[key], callback_data.option, names_of(query.from_user))
    return await take_answer(visitor, ctx, query.from_user, current, raw)


async def _several(
    query: CallbackQuery, visitor: Visitor, ctx: Context, current: OpenApplication, option: int
) -> Reply | Screen:
    """Tick options; «done» answers with the ticked ones."""
    key = current.asking
    assert key is not None
    picked = picked_so_far(visitor, current)
    choices = current.fields[key].choices
    if option == DONE:
        raw = ",".join(choices[n].key for n in picked if n < len(choices))
        return await take_answer(visitor, ctx, query.from_user, current, raw)
    ticked = {*picked} ^ {option}
    return await _ticked(query, visitor, ctx, current, ticked)


@router.callback_query(Tapped(PickOption))
async def pick(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: PickOption
) -> Reply | Screen:
    tap = callback_data
    current = await current_application(ctx, visitor.customer)
    here = (current.application.id, current.application.step)
    key = current.asking
    if here != (tap.application, tap.step) or key is None:
        return await application_screen(visitor, ctx, query.from_user, current)
    picked = {*picked_so_far(visitor, current)}
    ticked = picked | {tap.option} if tap.on else picked - {tap.option}
    return await _ticked(query, visitor, ctx, current, ticked)


async def _ticked(
    query: CallbackQuery, visitor: Visitor, ctx: Context, current: OpenApplication, ticked: set[int]
) -> Screen:
    """The question again, with these options ticked; made-up ones are left out."""
    assert current.asking is not None
    options = range(len(current.fields[current.asking].choices))
    picked = tuple(option for option in options if option in ticked)
    return await question_screen(visitor, ctx, query.from_user, current, picked=picked)
