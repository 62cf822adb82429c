"""On the way to a card: whatever comes next, as a screen."""

from aiogram.types import User

from backend.cards.answer import current_journey, resume
from backend.cards.application import Journey
from backend.cards.consent_screen import consent_view, next_controller
from backend.cards.issue import Outcome, issue_cards
from backend.customers.choose import city_of
from backend.customers.contacts import kept_contact
from backend.customers.verify_ask import last_asked
from backend.platform.context import Context
from bot.handlers.awaiting import QUESTION, expect
from bot.handlers.card import card_screen
from bot.screens.consent import consent
from bot.screens.field_names import field_names
from bot.screens.issued import issued
from bot.screens.parts import brand_name
from bot.screens.question import Question, question
from bot.screens.screen import Answer, Screen
from bot.visitor import Visitor
from catalog.answers import Hint, parse_answer
from catalog.pack.shapes import FieldType
from models.card import CardOrigin
from models.city import City
from models.contact import ContactKind
from models.customer import Customer


async def journey_screen(
    visitor: Visitor, ctx: Context, person: User | None, journey: Journey | None = None
) -> Answer | Screen:
    """The next question, the next controller's consents, or the cards."""
    journey = journey or await current_journey(ctx, visitor.customer)
    if journey.asking is not None:
        return await question_screen(visitor, ctx, person, journey)
    account = next_controller(journey)
    if account is not None:
        return consent(visitor.words, await consent_view(ctx, visitor.customer, journey, account))
    return await _issue(visitor, ctx, journey)


async def resumed_screen(visitor: Visitor, ctx: Context, person: User | None) -> Answer | Screen:
    """Coming back: at what is really open."""
    return await journey_screen(visitor, ctx, person, await resume(ctx, visitor.customer))


async def question_screen(
    visitor: Visitor,
    ctx: Context,
    person: User | None,
    journey: Journey,
    *,
    wrong: str = "",
    cities: tuple[City, ...] = (),
    picked: tuple[int, ...] = (),
) -> Screen:
    """Put the question in hand; the next text answers it."""
    key = journey.asking
    assert key is not None
    application = journey.application
    field = journey.fields[key]
    expect(visitor, QUESTION, step=application.step, picked=list(picked))
    names = [brand_name(visitor.words, offer.brand) for offer in journey.offers]
    guess = ""
    if not cities and field.type is FieldType.CITY:
        home = await city_of(visitor.customer)
        cities = (home,) if home is not None else ()
    elif person is not None:
        guess = _prefill(field.type, person)
    if guess:
        try:
            parse_answer(field, guess, ctx.clock().date())
        except Hint:
            guess = ""
    asked = Question(
        application=application.id,
        step=application.step,
        total=len(application.questions),
        field=field,
        brands=", ".join(f"«{name}»" for name in dict.fromkeys(names)),
        prefill=guess,
        **await _contact(ctx, visitor.customer, field.type),
        cities=cities,
        picked=picked,
    )
    return question(visitor.words, asked, wrong)


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
    """What Telegram knows already, offered as one tap."""
    if kind is FieldType.GIVEN_NAME:
        return person.first_name
    return (person.last_name or "") if kind is FieldType.SURNAME else ""


async def _issue(visitor: Visitor, ctx: Context, journey: Journey) -> Answer | Screen:
    outcomes = await issue_cards(ctx, visitor.customer, journey, shown=True)
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
    if outcome.card.origin is not CardOrigin.DUPLICATED:
        return visitor.words.html("card-new")
    note = visitor.words.html("card-bound")
    if outcome.refreshed:
        fields = field_names(visitor.words, outcome.offer.brand.program, outcome.refreshed)
        note += "\n" + visitor.words.html("card-refreshed", fields=", ".join(fields))
    return note
