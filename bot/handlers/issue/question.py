"""Answer the questionnaire: by a button, by text, by a contact, by a location."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message, User

from backend.cards.issue.answer_questions import (
    answer,
    current_application,
    keep_contact,
)
from backend.cards.issue.application import OpenApplication
from backend.customers.contacts.contacts import kept_contact
from backend.platform.context import Context
from bot.awaiting import QUESTION, Awaiting, Typed
from bot.handlers.issue.finished import AfterTheEnd
from bot.screens.issue.answers import DATES, answer_in_words
from bot.screens.issue.question import drop_sure, keep_label
from bot.screens.screen import Reply, Screen
from bot.tapped import Tapped
from bot.taps.issue import Choice, PickOption
from bot.views.contacts import contact_problem, take_number, take_shared, type_phone_screen
from bot.views.issue import application_screen, question_screen, skipped, went_back
from bot.visitor import Visitor
from catalog.cities import find_cities, nearest_city
from catalog.parse_answer import Hint
from catalog.question import FieldType
from catalog.words import fold
from models.city import City
from models.contact import ContactKind

router = Router(name="question")
router.callback_query.middleware(AfterTheEnd())
DONE = -1
_GENDERS = ("female", "male")
_YES_NO = ("yes", "no")


@router.callback_query(Tapped(Choice))
async def choice(
    query: CallbackQuery, visitor: Visitor, ctx: Context, callback_data: Choice
) -> Reply | Screen:
    current = await current_application(ctx, visitor.customer)
    if (current.application.id, current.application.step) != (
        callback_data.application,
        callback_data.step,
    ):
        # A button of an earlier question: show the one in hand.
        return await application_screen(visitor, ctx, query.from_user, current)
    key = current.asking
    if key is None:
        return await application_screen(visitor, ctx, query.from_user, current)
    if current.fields[key].type is FieldType.CHOICES:
        return await _several(query, visitor, ctx, current, callback_data.option)
    if current.fields[key].type is FieldType.EMAIL:
        moved = await keep_contact(ctx, visitor.customer, current)
        return await application_screen(visitor, ctx, query.from_user, moved)
    raw = await _value(current, key, callback_data.option, query.from_user)
    return await _take(visitor, ctx, query.from_user, current, raw)


async def _value(current: OpenApplication, key: str, option: int, person: User) -> str:
    """What a button stands for, as the text that parse_answer takes."""
    field = current.fields[key]
    if field.type is FieldType.CITY:
        city = await City.get_or_none(id=option)
        return city.key if city else ""
    if field.type is FieldType.GIVEN_NAME:
        return person.first_name
    if field.type is FieldType.SURNAME:
        return person.last_name or ""
    options = {
        FieldType.GENDER: _GENDERS,
        FieldType.YES_NO: _YES_NO,
    }.get(field.type, tuple(choice.key for choice in field.choices))
    return options[option] if 0 <= option < len(options) else ""


async def _several(
    query: CallbackQuery, visitor: Visitor, ctx: Context, current: OpenApplication, option: int
) -> Reply | Screen:
    """Tick options; «done» answers with the ticked ones."""
    key = current.asking
    assert key is not None
    picked = _picked(visitor, current)
    choices = current.fields[key].choices
    if option == DONE:
        raw = ",".join(choices[n].key for n in picked if n < len(choices))
        return await _take(visitor, ctx, query.from_user, current, raw)
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
    picked = {*_picked(visitor, current)}
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


def _picked(visitor: Visitor, current: OpenApplication) -> list[int]:
    """What is ticked so far of the question in hand."""
    kept = visitor.chat.awaiting_data
    same = kept.get("step") == current.application.step
    return list(kept.get("picked", [])) if same else []


@router.message(Typed(QUESTION))
async def question_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    """A text while a question is in hand. The same message comes again when the process died, or
    Telegram did not answer, after it was taken: it is no answer to the question after."""
    visitor.chat.awaiting = ""
    current = await current_application(ctx, visitor.customer)
    asked, key = visitor.chat.awaiting_data, current.asking
    again = message.message_id <= asked.get("after", 0)
    if key is None or again or asked.get("step") != current.application.step:
        return await application_screen(visitor, ctx, message.from_user, current)
    shown = await _typed(visitor, ctx, message, current, message.text or "")
    if visitor.chat.awaiting == QUESTION:
        visitor.chat.awaiting_data = {**visitor.chat.awaiting_data, "after": message.message_id}
    return shown


async def _typed(
    visitor: Visitor, ctx: Context, message: Message, current: OpenApplication, typed: str
) -> Reply | Screen:
    key = current.asking
    assert key is not None
    kind = current.fields[key].type
    if kind is FieldType.PHONE:
        return await _phone_words(visitor, ctx, message, current, typed)
    if kind is FieldType.CITY:
        return await _city_words(visitor, ctx, message, current, typed)
    return await _take(visitor, ctx, message.from_user, current, typed)


async def _phone_words(
    visitor: Visitor, ctx: Context, message: Message, current: OpenApplication, typed: str
) -> Reply | Screen:
    """The plain buttons of the reply keyboard, or a number that a code is sent to."""
    words = visitor.words
    if typed == words("question-drop"):
        return drop_sure(words, current.application.id)
    if typed == words("question-back"):
        return await went_back(visitor, ctx, message.from_user)
    if typed == words("question-skip"):
        return await skipped(visitor, ctx, message.from_user, current)
    kept = await kept_contact(ctx, visitor.customer, ContactKind.PHONE)
    if kept and typed == keep_label(words, kept):
        moved = await keep_contact(ctx, visitor.customer, current)
        return await application_screen(visitor, ctx, message.from_user, moved)
    if typed == words("contact-phone-manual"):
        return type_phone_screen(visitor)
    return await take_number(visitor, ctx, message)


async def _city_words(
    visitor: Visitor, ctx: Context, message: Message, current: OpenApplication, typed: str
) -> Reply | Screen:
    found = await find_cities(typed)
    exact = [city for city in found if fold(typed) in {fold(city.name_ru), fold(city.name_en)}]
    if len(exact) == 1:
        return await _take(visitor, ctx, message.from_user, current, exact[0].key)
    key = "city-maybe" if found else "city-unknown-short"
    wrong = visitor.words(key, **({} if found else {"typed": typed[:60]}))
    return await question_screen(
        visitor, ctx, message.from_user, current, wrong=wrong, cities=tuple(found)
    )


class AsksForCity(Filter):
    """The question in hand is the one about the city. Gives the handler its `journey`."""

    async def __call__(
        self, _message: Message, visitor: Visitor, ctx: Context
    ) -> bool | dict[str, OpenApplication]:
        current = await current_application(ctx, visitor.customer)
        key = current.asking
        asks = key is not None and current.fields[key].type is FieldType.CITY
        return {"journey": current} if asks else False


@router.message(F.location, Awaiting(QUESTION), AsksForCity())
async def question_located(
    message: Message, visitor: Visitor, ctx: Context, current: OpenApplication
) -> Reply | Screen:
    """Used once, not stored."""
    assert message.location is not None
    city = await nearest_city(message.location.latitude, message.location.longitude)
    return await _take(visitor, ctx, message.from_user, current, city.key if city else "")


@router.message(F.contact, Awaiting(QUESTION))
async def contact_shared(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    """Accepted only when it is the sender's own and came straight from the button: Telegram
    fills in the user_id itself."""
    current = await current_application(ctx, visitor.customer)
    wrong = contact_problem(visitor.words, message)
    if wrong and current.asking is not None:
        return await question_screen(visitor, ctx, message.from_user, current, wrong=wrong)
    if current.asking is None or current.fields[current.asking].type is not FieldType.PHONE:
        return await application_screen(visitor, ctx, message.from_user, current)
    return await take_shared(visitor, ctx, message)


async def _take(
    visitor: Visitor, ctx: Context, person: User | None, current: OpenApplication, raw: str
) -> Reply | Screen:
    key = current.asking
    assert key is not None
    try:
        moved = await answer(ctx, visitor.customer, key, raw)
    except Hint as hint:
        wrong = visitor.words(hint.key, **hint.values)
        picked = tuple(_picked(visitor, current))
        return await question_screen(visitor, ctx, person, current, wrong=wrong, picked=picked)
    return await application_screen(visitor, ctx, person, moved, noted=_noted(visitor, moved, key))


def _noted(visitor: Visitor, moved: OpenApplication, key: str) -> str:
    """A date as it was understood: day and month are easily swapped."""
    field = moved.fields.get(key)
    if field is None or field.type not in DATES or key not in moved.answers:
        return ""
    return answer_in_words(visitor.words, field, moved.answers[key], {})
