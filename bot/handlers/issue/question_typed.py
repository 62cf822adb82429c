"""Answer the questionnaire by text, by a contact, by a location."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from backend.cards.issue.answer_questions import keep_contact
from backend.cards.issue.application import OpenApplication, current_application
from backend.customers.contacts.contacts import kept_contact
from backend.platform.context import Context
from bot.awaiting import QUESTION, Awaiting, Typed
from bot.place import Place
from bot.screens.issue.question import drop_sure, keep_label
from bot.screens.screen import Reply, Screen
from bot.views.contacts import contact_problem, take_number, take_shared, type_phone_screen
from bot.views.issue import application_screen, question_screen, skipped, went_back
from bot.views.issue_answers import take_answer
from bot.visitor import Visitor
from catalog.questions.question import FieldType
from catalog.shelves.cities import city_by_id, find_cities
from catalog.words import fold
from models.contact import ContactKind

router = Router(name="question")


@router.message(Typed(QUESTION))
async def question_typed(message: Message, visitor: Visitor, ctx: Context) -> Reply | Screen:
    """A text while a question is open. The same message comes again when the process died, or
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
    return await take_answer(visitor, ctx, message.from_user, current, typed)


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
        return await take_answer(visitor, ctx, message.from_user, current, exact[0].key)
    key = "city-maybe" if found else "city-unknown-short"
    wrong = visitor.words(key, **({} if found else {"typed": typed[:60]}))
    return await question_screen(
        visitor, ctx, message.from_user, current, wrong=wrong, cities=tuple(found)
    )


class AsksForCity(Filter):
    """The current question is the one about the city. Gives the handler its `journey`."""

    async def __call__(
        self, _message: Message, visitor: Visitor, ctx: Context
    ) -> bool | dict[str, OpenApplication]:
        current = await current_application(ctx, visitor.customer)
        key = current.asking
        asks = key is not None and current.fields[key].type is FieldType.CITY
        return {"journey": current} if asks else False


@router.message(F.location, Awaiting(QUESTION), AsksForCity())
async def question_located(
    message: Message, visitor: Visitor, ctx: Context, current: OpenApplication, place: Place
) -> Reply | Screen:
    """Only the city is kept of it."""
    city = await city_by_id(place.city_id)
    return await take_answer(visitor, ctx, message.from_user, current, city.key if city else "")


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
