"""The current question and the answers so far, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.cards.issue.answer_questions import values_of
from backend.cards.issue.application import OpenApplication
from backend.cards.issue.cards_of import cards_of
from backend.customers.contacts.contacts import kept_contact
from backend.customers.contacts.verify_ask import last_asked
from backend.customers.person.choose import city_of
from backend.platform.context import Context
from catalog.questions.parse_answer import Hint, parse_answer
from catalog.questions.question import FieldType, QuestionnaireField
from models.brand import Brand
from models.city import City
from models.contact import ContactKind
from models.customer import Customer

# What the door knows of the person's name, by the question that it answers.
Names = Mapping[FieldType, str]
_NAMES = frozenset({FieldType.GIVEN_NAME, FieldType.SURNAME})
_FIXED = {FieldType.GENDER: ("female", "male"), FieldType.YES_NO: ("yes", "no")}


@dataclass(frozen=True, slots=True)
class QuestionView:
    """`step` of `total` in the application. `value`: the answer that stands, as the profile keeps
    it, None when there is none. `guess` and `kept` (a contact that is there already) are offered
    as one tap; `code_to`: the number that a code is on its way to. `cities`: offered for the
    question about the city; `named`: those in `value`, by key. `picked`: places of options."""

    application: int
    step: int
    total: int
    asks: QuestionnaireField
    cards: list[tuple[Brand, ...]]
    value: Any = None
    guess: str = ""
    kept: str = ""
    code_to: str = ""
    cities: tuple[City, ...] = ()
    named: Mapping[str, City] = field(default_factory=dict)
    picked: tuple[int, ...] = ()


async def view_question(
    ctx: Context, customer: Customer, current: OpenApplication, names: Names
) -> QuestionView:
    """Of an application that has a current question."""
    key = current.asking
    assert key is not None
    asks = current.fields[key]
    values = await values_of(ctx, customer, current)
    value = values.get(key)
    kept, code_to = await _contact(ctx, customer, asks.type)
    return QuestionView(
        application=current.application.id,
        step=current.application.step,
        total=len(current.application.questions),
        asks=asks,
        cards=await cards_of(current),
        value=value,
        guess=_guess(ctx, asks, names),
        kept=kept,
        code_to=code_to,
        cities=await _home(customer, asks),
        named=await cities_among(current, {key: value} if key in values else {}),
        picked=_picked(asks, value),
    )


async def cities_among(current: OpenApplication, values: dict[str, Any]) -> dict[str, City]:
    """The cities among the answers, by key."""
    keys = [v for k, v in values.items() if current.fields[k].type is FieldType.CITY]
    return {city.key: city for city in await City.filter(key__in=keys)} if keys else {}


def _picked(field: QuestionnaireField, value: Any) -> tuple[int, ...]:
    if field.type is not FieldType.CHOICES or not isinstance(value, list):
        return ()
    return tuple(place for place, choice in enumerate(field.choices) if choice.key in value)


async def _home(customer: Customer, field: QuestionnaireField) -> tuple[City, ...]:
    """The city of the shops, as a first guess at the one that the person lives in."""
    if field.type is not FieldType.CITY:
        return ()
    home = await city_of(customer)
    return (home,) if home is not None else ()


def _guess(ctx: Context, field: QuestionnaireField, names: Names) -> str:
    """What the door knows already, if the question would take it."""
    guess = names.get(field.type, "")
    if not guess:
        return ""
    try:
        parse_answer(field, guess, ctx.clock().date())
    except Hint:
        return ""
    return guess


async def _contact(ctx: Context, customer: Customer, kind: FieldType) -> tuple[str, str]:
    """What is there already when a contact is asked for, and where a code is on its way to."""
    if kind not in {FieldType.PHONE, FieldType.EMAIL}:
        return "", ""
    kept = await kept_contact(ctx, customer, ContactKind(kind.value))
    if kind is FieldType.EMAIL:
        return kept, ""
    asked = await last_asked(ctx, customer, ContactKind.PHONE, alive=True)
    return kept, asked.value if asked is not None else ""


async def option_answer(field: QuestionnaireField, option: int, names: Names) -> str:
    """What a button stands for, as the text that parse_answer takes: `option` is a city's id, or a
    place among the options; for a name there is one. Empty for one that is made up."""
    if field.type is FieldType.CITY:
        city = await City.get_or_none(id=option)
        return city.key if city else ""
    if field.type in _NAMES:
        return names.get(field.type, "")
    options = _FIXED.get(field.type, tuple(choice.key for choice in field.choices))
    return options[option] if 0 <= option < len(options) else ""
