"""On the way to a card: whatever comes next, as a screen."""

from typing import Any

from aiogram.types import User

from backend.cards.issue.answer_questions import current_application, resume, values_of
from backend.cards.issue.application import OpenApplication
from backend.cards.issue.consent_screen import consent_view, next_controller
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.customers.contacts.contacts import kept_contact
from backend.customers.contacts.verify_ask import last_asked
from backend.customers.person.choose import city_of
from backend.platform.context import Context
from bot.handlers.home.awaiting import QUESTION, expect
from bot.handlers.pocket.card import card_screen
from bot.screens.issue.answers import answer_in_words, cards_in_words, field_name
from bot.screens.issue.consent import consent
from bot.screens.issue.issued import issued
from bot.screens.issue.question import Question, question
from bot.screens.issue.summary import Line, Summary, summary
from bot.screens.screen import Reply, Screen
from bot.visitor import Visitor
from catalog.parse_answer import Hint, parse_answer
from catalog.question import FieldType, QuestionnaireField
from models.card import CardOrigin
from models.city import City
from models.contact import ContactKind
from models.customer import Customer


async def application_screen(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    current: OpenApplication | None = None,
    *,
    noted: str = "",
) -> Reply | Screen:
    """The next question, the answers once more, the next controller's consents, or the cards.
    `noted`: the last answer as it was understood."""
    current = current or await current_application(ctx, visitor.customer)
    if current.asking is not None:
        return await question_screen(visitor, ctx, person, current, noted=noted)
    if not current.checked:
        return await summary_screen(visitor, ctx, current)
    account = next_controller(current)
    if account is not None:
        return consent(visitor.words, await consent_view(ctx, visitor.customer, current, account))
    return await _issue(visitor, ctx, current)


async def resumed_screen(visitor: Visitor, ctx: Context, person: User | None) -> Reply | Screen:
    """Coming back: at what is really open."""
    return await application_screen(visitor, ctx, person, await resume(ctx, visitor.customer))


async def summary_screen(visitor: Visitor, ctx: Context, current: OpenApplication) -> Screen:
    words, cards = visitor.words, current.cards()
    values = await values_of(ctx, visitor.customer, current)
    cities = await _cities(current, values)
    lines = [
        Line(
            place,
            field_name(words, field),
            answer_in_words(words, field, values[key], cities) if key in values else "",
        )
        for place, (key, field) in enumerate(current.fields.items())
    ]
    application = current.application
    shown = Summary(
        application=application.id,
        step=application.step,
        lines=lines,
        cards=cards_in_words(words, cards),
        count=len(cards),
        controllers=len(current.controllers),
    )
    return summary(words, shown)


async def _cities(current: OpenApplication, values: dict[str, Any]) -> dict[str, City]:
    """The cities among the answers, by key."""
    keys = [v for k, v in values.items() if current.fields[k].type is FieldType.CITY]
    return {city.key: city for city in await City.filter(key__in=keys)} if keys else {}


async def question_screen(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    current: OpenApplication,
    *,
    wrong: str = "",
    noted: str = "",
    cities: tuple[City, ...] = (),
    picked: tuple[int, ...] | None = None,
) -> Screen:
    """Put the question in hand; the next text answers it. `picked` None: as it was answered."""
    key = current.asking
    assert key is not None
    application, field = current.application, current.fields[key]
    values = await values_of(ctx, visitor.customer, current)
    if picked is None:
        picked = _picked_before(field, values.get(key))
    expect(visitor, QUESTION, step=application.step, picked=list(picked))
    cards = current.cards()
    asked = Question(
        application=application.id,
        step=application.step,
        total=len(application.questions),
        field=field,
        cards=cards_in_words(visitor.words, cards),
        count=len(cards),
        prefill=_guess(ctx, field, person),
        **await _contact(ctx, visitor.customer, field.type),
        cities=cities or await _home(visitor, field),
        picked=picked,
        current=await _current(visitor, current, key, values),
        noted=noted,
    )
    return question(visitor.words, asked, wrong)


async def _current(
    visitor: Visitor, current: OpenApplication, key: str, values: dict[str, Any]
) -> str:
    if key not in values:
        return ""
    cities = await _cities(current, {key: values[key]})
    return answer_in_words(visitor.words, current.fields[key], values[key], cities)


def _picked_before(field: QuestionnaireField, value: Any) -> tuple[int, ...]:
    if field.type is not FieldType.CHOICES or not isinstance(value, list):
        return ()
    return tuple(place for place, choice in enumerate(field.choices) if choice.key in value)


async def _home(visitor: Visitor, field: QuestionnaireField) -> tuple[City, ...]:
    """The city of the shops, as a first guess at the one that the person lives in."""
    if field.type is not FieldType.CITY:
        return ()
    home = await city_of(visitor.customer)
    return (home,) if home is not None else ()


def _guess(ctx: Context, field: QuestionnaireField, person: User | None) -> str:
    """What Telegram knows already, offered as one tap, if the question would take it."""
    guess = _prefill(field.type, person) if person is not None else ""
    if not guess:
        return ""
    try:
        parse_answer(field, guess, ctx.clock().date())
    except Hint:
        return ""
    return guess


async def _contact(ctx: Context, customer: Customer, kind: FieldType) -> dict[str, str]:
    """What is there already when a contact is asked for."""
    if kind not in {FieldType.PHONE, FieldType.EMAIL}:
        return {}
    kept = await kept_contact(ctx, customer, ContactKind(kind.value))
    if kind is FieldType.EMAIL:
        return {"kept": kept}
    asked = await last_asked(ctx, customer, ContactKind.PHONE, alive=True)
    return {"kept": kept, "code_to": asked.value if asked is not None else ""}


def _prefill(kind: FieldType, person: User) -> str:
    if kind is FieldType.GIVEN_NAME:
        return person.first_name
    return (person.last_name or "") if kind is FieldType.SURNAME else ""


async def _issue(visitor: Visitor, ctx: Context, current: OpenApplication) -> Reply | Screen:
    outcomes = await issue_cards(ctx, visitor.customer, current, shown=True)
    # The answers have become the profile: the holder's name goes on the picture.
    await visitor.customer.refresh_from_db()
    if len(outcomes) > 1:
        return issued(visitor.words, outcomes)
    outcome = outcomes[0]
    if outcome.refusal is not None:
        raise outcome.refusal
    assert outcome.card is not None
    return await card_screen(visitor, ctx, outcome.card.id, note=_note(visitor, outcome))


def _note(visitor: Visitor, outcome: Outcome) -> str:
    assert outcome.card is not None
    if not outcome.new:
        return visitor.words.html("card-back")
    bound = outcome.card.origin is CardOrigin.DUPLICATED
    return visitor.words.html("card-bound" if bound else "card-new")
