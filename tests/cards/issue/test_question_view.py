"""The question in hand as plain values: whatever door puts it."""

import pytest

from backend.cards.issue.answer_questions import answer
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.change_step import change_answer, go_back
from backend.cards.issue.view_question import (
    QuestionView,
    cities_among,
    option_answer,
    view_question,
)
from backend.customers.contacts.contacts import kept_contact
from backend.customers.contacts.verify_ask import ask_code
from backend.customers.contacts.verify_settle import prove_by_button
from backend.customers.person.choose import choose_city
from backend.platform.context import Context
from catalog.bilingual import Bilingual
from catalog.questions.question import ChoiceOption, FieldType, QuestionnaireField
from models.city import City
from models.contact import ContactKind
from models.customer import Customer
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.customers import someone

NAME = QuestionnaireField("given_name", FieldType.GIVEN_NAME, required=True)
SURNAME = QuestionnaireField("surname", FieldType.SURNAME, required=True)
TASTES = QuestionnaireField(
    "tastes",
    FieldType.CHOICES,
    required=True,
    label=Bilingual("Что любите?", "What do you like?"),
    choices=tuple(ChoiceOption(key, Bilingual(key, key)) for key in ("tea", "milk", "bread")),
)
KNOWN = {FieldType.GIVEN_NAME: "Анна", FieldType.SURNAME: "👋"}


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def on_the_way(ctx: Context, *fields: QuestionnaireField) -> Customer:
    program = await make_program(await make_account("a"), "a", fields=fields, numbers=3)
    offer = await make_offer(program, "a")
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id])
    return anna


async def make_city(key: str) -> City:
    return await City.create(
        key=key, name_ru="Казань", name_en="Kazan", lat=55.79, lon=49.11,
        population=1, timezone="Europe/Moscow",
    )  # fmt: skip


async def seen(ctx: Context, anna: Customer) -> QuestionView:
    return await view_question(ctx, anna, await current_application(ctx, anna), KNOWN)


async def test_a_name_that_the_door_knows_is_offered_if_the_question_takes_it(
    ctx: Context,
) -> None:
    anna = await on_the_way(ctx, NAME, SURNAME)
    first = await seen(ctx, anna)
    assert (first.step, first.total, first.asks.key) == (0, 2, "given_name")
    assert (first.guess, first.value, first.picked) == ("Анна", None, ())
    assert [len(brands) for brands in first.cards] == [1]
    await answer(ctx, anna, "given_name", "Анна")
    assert (await seen(ctx, anna)).guess == "", "an emoji is no surname"


async def test_an_answer_that_stands_comes_with_its_question(ctx: Context) -> None:
    anna = await on_the_way(ctx, TASTES, NAME)
    await answer(ctx, anna, "given_name", "Анна")
    tastes = (await current_application(ctx, anna)).asking
    assert tastes is not None
    await answer(ctx, anna, tastes, "bread,tea")
    current = await current_application(ctx, anna)
    await change_answer(ctx, anna, current.application.id, list(current.fields).index(tastes))
    again = await seen(ctx, anna)
    assert (again.value, again.picked) == (["bread", "tea"], (0, 2))
    assert await cities_among(current, dict(current.answers)) == {}


PHONE = QuestionnaireField("phone", FieldType.PHONE, required=True)
EMAIL = QuestionnaireField("email", FieldType.EMAIL, required=True)
TOWN = QuestionnaireField("city", FieldType.CITY, required=True)


async def test_a_phone_comes_with_where_a_code_is_on_its_way_to(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await on_the_way(ctx, PHONE)
    assert ((await seen(ctx, anna)).kept, (await seen(ctx, anna)).code_to) == ("", "")
    await ask_code(ctx, anna, "+79161234501")
    assert ((await seen(ctx, anna)).kept, (await seen(ctx, anna)).code_to) == ("", "+79161234501")
    clock.advance(minutes=11)
    assert (await seen(ctx, anna)).code_to == "", "that code can be answered no more"
    await prove_by_button(ctx, anna, "+79161234501")
    assert ((await seen(ctx, anna)).kept, (await seen(ctx, anna)).code_to) == ("+79161234501", "")


async def test_an_address_that_was_given_is_offered(ctx: Context) -> None:
    """It goes to the contacts, and not among the answers."""
    anna = await on_the_way(ctx, EMAIL, NAME)
    named = await answer(ctx, anna, "given_name", "Анна")
    assert named.asking == "email"
    assert (await seen(ctx, anna)).kept == ""
    given = await answer(ctx, anna, "email", "anna@example.ru")
    assert given.answers == {"given_name": "Анна"}
    assert await kept_contact(ctx, anna, ContactKind.EMAIL) == "anna@example.ru"
    await go_back(ctx, anna)
    again = await seen(ctx, anna)
    assert (again.asks.key, again.kept, again.code_to) == ("email", "anna@example.ru", "")


async def test_a_city_is_offered_and_named(ctx: Context) -> None:
    kazan = await make_city("kazan")
    anna = await on_the_way(ctx, TOWN, NAME)
    await answer(ctx, anna, "given_name", "Анна")
    assert (await seen(ctx, anna)).cities == ()
    await choose_city(anna, kazan.id)
    first = await seen(ctx, anna)
    assert ([city.key for city in first.cities], first.named) == (["kazan"], {})
    text = await option_answer(TOWN, kazan.id, KNOWN)
    assert text == "kazan"
    await answer(ctx, anna, "city", text)
    await go_back(ctx, anna)
    again = await seen(ctx, anna)
    assert (again.value, list(again.named)) == ("kazan", ["kazan"])


async def test_what_a_button_stands_for(ctx: Context) -> None:
    gender = QuestionnaireField("gender", FieldType.GENDER, required=True)
    agrees = QuestionnaireField("agrees", FieldType.YES_NO, required=True)
    town = QuestionnaireField("city", FieldType.CITY, required=True)
    assert await option_answer(NAME, 0, KNOWN) == "Анна"
    assert await option_answer(NAME, 0, {}) == ""
    assert await option_answer(gender, 1, KNOWN) == "male"
    assert await option_answer(agrees, 0, KNOWN) == "yes"
    assert await option_answer(TASTES, 2, KNOWN) == "bread"
    made_up = [await option_answer(one, 77, KNOWN) for one in (gender, agrees, TASTES, town)]
    made_up.append(await option_answer(TASTES, -1, KNOWN))
    assert set(made_up) == {""}
