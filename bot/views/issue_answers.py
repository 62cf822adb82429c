"""An answer taken: what comes next, or the same question once more with what is wrong."""

from aiogram.types import User

from backend.cards.issue.answer_questions import answer
from backend.cards.issue.application import OpenApplication
from backend.platform.context import Context
from bot.screens.issue.answers import DATES, answer_in_words
from bot.screens.screen import Reply, Screen
from bot.views.issue import application_screen, question_screen
from bot.visitor import Visitor
from catalog.questions.parse_answer import Hint


async def take_answer(
    visitor: Visitor, ctx: Context, person: User | None, current: OpenApplication, raw: str
) -> Reply | Screen:
    key = current.asking
    assert key is not None
    try:
        moved = await answer(ctx, visitor.customer, key, raw)
    except Hint as hint:
        wrong = visitor.words(hint.key, **hint.values)
        picked = tuple(picked_so_far(visitor, current))
        return await question_screen(visitor, ctx, person, current, wrong=wrong, picked=picked)
    return await application_screen(visitor, ctx, person, moved, noted=_noted(visitor, moved, key))


def _noted(visitor: Visitor, moved: OpenApplication, key: str) -> str:
    """A date as it was understood: day and month are easily swapped."""
    field = moved.fields.get(key)
    if field is None or field.type not in DATES or key not in moved.answers:
        return ""
    return answer_in_words(visitor.words, field, moved.answers[key], {})


def picked_so_far(visitor: Visitor, current: OpenApplication) -> list[int]:
    """What is ticked so far of the current question."""
    kept = visitor.chat.awaiting_data
    same = kept.get("step") == current.application.step
    return list(kept.get("picked", [])) if same else []
