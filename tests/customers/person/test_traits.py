"""What accounts may ask of Anna when they say who is meant: what she answered, while it stands."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from backend.cards.pocket.wallet import remove_card
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.customers.my_data.delete_data import delete_data
from backend.customers.my_data.export_data import SECTIONS
from backend.customers.person import traits_due
from backend.customers.person.meet import in_telegram, meet
from backend.customers.person.profile import seal_profile
from backend.customers.person.traits import Traits, look_at_traits, traits_of
from backend.customers.person.traits_due import look_at_birthdays, look_at_programs
from backend.platform.context import Context
from backend.reactions import reactions
from catalog.questions.question import FieldType, QuestionnaireField
from catalog.questions.questionnaire import field_to_json
from catalog.traits import AgeBand, band_of, birthday_after, birthdays_between
from models.card import Card
from models.customer import Customer
from models.identity import Identity
from models.offer import Offer
from models.program import Program
from models.segment import CardList, ListedCard
from models.trait import Attribute, Trait
from tests.support.clock import START, StoppedClock
from tests.support.database.counting import statements
from tests.support.factory.assigning import assigned, claimed, proven
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.outbox import run_due

BORN = QuestionnaireField("birth_date", FieldType.BIRTH_DATE, required=True)
GENDER = QuestionnaireField("gender", FieldType.GENDER, required=True)
ANSWERS = {"birth_date": "1991-03-24", "gender": "female"}


async def shop_that_asks(key: str, *fields: QuestionnaireField) -> tuple[Program, Offer]:
    program = await make_program(await make_account(key), f"{key}-club", fields=fields, numbers=5)
    return program, await make_offer(program, key)


async def told_to(program: Program) -> Traits | None:
    row = await Trait.get_or_none(account_id=program.account_id)
    return None if row is None else Traits(row.age, row.gender, row.birthday, row.look_at)


async def settle(ctx: Context) -> None:
    await run_due(ctx, reactions({}, ctx.clock))


@pytest.fixture
async def anna(database: str, ctx: Context) -> Customer:
    return await someone(ctx, 41)


async def test_each_account_has_what_it_asked(anna: Customer, ctx: Context) -> None:
    """And the one that asked nothing has nothing."""
    both, both_offer = await shop_that_asks("both", BORN, GENDER)
    one, one_offer = await shop_that_asks("one", GENDER)
    none, none_offer = await shop_that_asks("none")
    await issued(ctx, anna, [both_offer, one_offer, none_offer], answers=ANSWERS)
    await settle(ctx)
    age = band_of(date(1991, 3, 24), START.date()).first
    assert await told_to(both) == (age, "female", 324, date(2027, 3, 24))
    assert await told_to(one) == (None, "female", None, None)
    assert await told_to(none) is None
    # Every word of it is told to her, and nothing says in which year she was born.
    (said, _) = await SECTIONS["traits"](ctx, anna)  # type: ignore[misc]
    assert (said["age_band"], said["gender"], said["birthday"]) == ("35-44", "female", "24.03")
    assert "1991" not in str(await Trait.all().values())


async def test_it_ends_with_the_card_and_with_the_consent(anna: Customer, ctx: Context) -> None:
    first, offer = await shop_that_asks("first", BORN)
    second, another = await shop_that_asks("second", BORN)
    await issued(ctx, anna, [offer, another], answers=ANSWERS)
    await settle(ctx)
    assert await Trait.all().count() == 2
    card = await Card.get(program_id=second.id)
    await remove_card(ctx, anna, card.id)
    await settle(ctx)
    assert await told_to(second) is None
    await issued(ctx, anna, [another])
    await settle(ctx)
    assert await told_to(second) is not None
    # In the very transaction, not when a reaction comes to it.
    await withdraw_personal_data(ctx, anna, first.account_id)
    assert await told_to(first) is None
    await settle(ctx)
    assert (await told_to(first), await Trait.all().count()) == (None, 1)
    await _listed_and_told(ctx, anna, card)
    await delete_data(ctx, anna.id)
    await settle(ctx)
    for model in (Trait, Attribute, ListedCard):
        assert await model.all().count() == 0, model


async def _listed_and_told(ctx: Context, anna: Customer, card: Card) -> None:
    now, program = ctx.clock(), await Program.get(id=card.program_id)
    told: dict[str, Any] = {"account_id": program.account_id, "customer": anna, "told_at": now}
    await Attribute.create(**told, key="vip", flag=True)
    await Attribute.create(**told, key="ltv", number="12.50")
    kept = await CardList.create(
        account_id=program.account_id, key="k", name="Зима", created_at=now, changed_at=now
    )
    await ListedCard.create(list=kept, card=card)
    said = await SECTIONS["attributes"](ctx, anna)  # type: ignore[misc]
    assert [each["told_value"] for each in said] == [True, "12.5"]
    (listed,) = await SECTIONS["card_lists"](ctx, anna)  # type: ignore[misc]
    assert (listed["card_list"], listed["card"]) == ("Зима", card.id)


async def test_whoever_comes_for_an_assigned_card(database: str, ctx: Context) -> None:
    program, _ = await shop_that_asks("shop", GENDER)
    vera = await proven(ctx, 44)
    await Customer.filter(id=vera.id).update(profile=seal_profile(ctx, vera, ANSWERS))
    vera = await Customer.get(id=vera.id)
    outcome = await claimed(ctx, vera, await assigned(ctx, program))
    assert outcome.card is not None
    await settle(ctx)
    assert await told_to(program) == (None, "female", None, None)


async def test_the_band_passes_on_the_birthday(
    anna: Customer, ctx: Context, clock: StoppedClock
) -> None:
    program, offer = await shop_that_asks("shop", BORN)
    born = START.date().replace(year=START.year - 34) + timedelta(days=40)
    await issued(ctx, anna, [offer], answers={"birth_date": born.isoformat()})
    await settle(ctx)
    before = await told_to(program)
    assert before is not None
    assert (before.age, await look_at_birthdays(ctx)) == (25, 0)
    clock.now = datetime(born.year + 35, born.month, born.day, 0, 1, tzinfo=UTC)
    if born.year + 35 == START.year:
        clock.now = START + timedelta(days=41)
    assert await look_at_birthdays(ctx) == 1
    after = await told_to(program)
    assert after is not None
    assert after.look_at is not None
    assert after.look_at > clock.now.date()
    assert await look_at_birthdays(ctx) == 0


async def test_those_who_were_there_before_are_looked_at_in_batches(
    anna: Customer, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, offer = await shop_that_asks("shop")
    boris, vera = await someone(ctx, 42), await someone(ctx, 43)
    for person in (anna, boris, vera):
        await issued(ctx, person, [offer])
        profile = seal_profile(ctx, person, ANSWERS)
        await Customer.filter(id=person.id).update(profile=profile)
    await Customer.filter(id=boris.id).update(profile=b"damaged")
    await settle(ctx)
    assert await look_at_programs(ctx) == 0
    asked = [field_to_json(GENDER)]
    await Program.filter(id=program.id).update(questionnaire=asked, traits_up_to=0)
    monkeypatch.setattr(traits_due, "BATCH", 2)
    while await look_at_programs(ctx):
        continue
    found = {row.customer_id: row.gender for row in await Trait.all()}
    # Of a profile that cannot be read nothing is told, and the others have theirs.
    assert found == {anna.id: "female", boris.id: None, vera.id: "female"}
    assert (await Program.get(id=program.id)).traits_up_to is None


async def test_what_stands_is_not_written_again(anna: Customer, ctx: Context) -> None:
    _, offer = await shop_that_asks("shop", BORN)
    await issued(ctx, anna, [offer], answers=ANSWERS)
    await settle(ctx)
    async with statements() as told:
        await look_at_traits(ctx, [anna.id])
    assert not [each for each in told if each.lstrip().startswith(("INSERT", "DELETE"))]


async def test_last_seen_is_a_day_and_costs_one_write_a_day(
    anna: Customer, ctx: Context, clock: StoppedClock
) -> None:
    seen = (await Identity.get(customer_id=anna.id)).seen_on
    assert seen == START.date()
    async with statements() as told:
        await meet(ctx, in_telegram(41), language="ru")
    assert not [each for each in told if "UPDATE" in each]
    clock.now = START + timedelta(days=1)
    async with statements() as told:
        await meet(ctx, in_telegram(41), language="ru")
        await meet(ctx, in_telegram(41), language="ru")
    assert len([each for each in told if "UPDATE" in each]) == 1
    assert (await Identity.get(customer_id=anna.id)).seen_on == START.date() + timedelta(days=1)


def test_bands_and_birthdays() -> None:
    today = date(2026, 11, 28)
    for born, band in (
        ("2008-11-29", "0-17"), ("2008-11-28", "18-24"), ("2001-11-28", "25-34"),
        ("1961-11-29", "55-64"), ("1961-11-28", "65+"), ("1926-01-01", "65+"),
    ):  # fmt: skip
        assert band_of(date.fromisoformat(born), today) == band, born
    assert [band.first for band in AgeBand] == [0, 18, 25, 35, 45, 55, 65]
    assert birthday_after(today, 1128) == date(2027, 11, 28)
    assert birthday_after(today, 1129) == date(2026, 11, 29)
    assert birthday_after(today, 229) == date(2027, 3, 1)
    assert birthday_after(date(2027, 12, 1), 229) == date(2028, 2, 29)
    spans = list(birthdays_between(date(2026, 12, 30), date(2027, 2, 28)))
    assert spans == [(1230, 1231), (101, 229)]
    assert list(birthdays_between(date(2028, 2, 27), date(2028, 2, 28))) == [(227, 228)]
    assert traits_of({"gender": "male"}, {"birth_date"}, today) == Traits()
