"""What an application leaves behind: the event, the evidence, what a brand learns, the mark."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from backend.cards.issue.answer_questions import answer, answer_phone, keep_contact, resume, skip
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.change_step import check_answers
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.issue.leave_out import leave_out
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.customers.contacts.save_contact import save_contact
from backend.platform.context import Context
from backend.platform.mark import Mark
from catalog.questions.question import FieldType, QuestionnaireField
from models.application import Application
from models.card import CardOrigin
from models.consent_record import ConsentRecord
from models.contact import ContactKind
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.factory.cards import applied, consented, issued
from tests.support.factory.customers import someone
from tests.support.pictures.plastic import issued_plastic

pytestmark = pytest.mark.usefixtures("database")

NUMBER = "+79161234567"
MIDDLE = QuestionnaireField("patronymic", FieldType.PATRONYMIC, required=False)
EMAIL = QuestionnaireField("email", FieldType.EMAIL, required=True)


async def test_a_new_card_is_announced_with_all_that_reactions_need(ctx: Context) -> None:
    account = await make_account()
    program = await make_program(account, numbers=1)
    offer = await make_offer(program)
    anna = await someone(ctx, 1)
    card = (await issued(ctx, anna, [offer]))[0].card
    assert card is not None
    assert (await OutboxEvent.get(kind="CardIssued")).payload == {
        "card_id": card.id,
        "customer_id": anna.id,
        "program_id": program.id,
        "account_id": account.id,
        "brand_id": offer.brand_id,
        "origin": "issued",
        "shown": False,
        "changed": "",
    }
    assert (card.brand_id, card.source) == (offer.brand_id, "")


async def test_the_evidence_says_by_which_door_from_where_and_on_which_way(ctx: Context) -> None:
    offer = await make_offer(await make_program(await make_account(), numbers=1))
    anna = await someone(ctx, 1)
    application = await apply_for(ctx, anna, [offer.id], source="poster-7")
    await consented(ctx.through("bot:consent_screen"), anna)
    await issue_cards(ctx, anna, await current_application(ctx, anna))
    records = await ConsentRecord.all()
    assert {record.how for record in records} == {"bot:consent_screen"}
    for record in records:
        told = record.context
        assert (told["application"], told["source"]) == (application.id, "poster-7")


@dataclass
class Noted(Mark):
    """Writes down how far it was moved."""

    moved: list[int] = field(default_factory=list)

    def advance(self, card_id: int) -> None:
        self.moved.append(card_id)


async def test_the_mark_moves_to_the_newest_card_that_was_made(ctx: Context) -> None:
    """A card that came back, and an offer without a number, move it nowhere."""
    account = await make_account()
    offers = [
        await make_offer(await make_program(account, key, numbers=numbers), key)
        for key, numbers in (("a", 1), ("b", 1))
    ]
    anna, mark = await someone(ctx, 1), Noted()
    marking = replace(ctx, mark=mark)
    await applied(ctx, anna, offers)
    journey = await current_application(ctx, anna)
    made = await issue_cards(marking, anna, journey)
    again = await issue_cards(marking, anna, journey)
    assert [outcome.new for outcome in (*made, *again)] == [True, True, False, False]
    assert mark.moved == [max(each.card.id for each in made if each.card), 0]


async def test_what_was_skipped_is_asked_by_no_other_brand_and_what_is_new_is(
    ctx: Context,
) -> None:
    account = await make_account()
    first, second = [
        await make_offer(await make_program(account, key, fields=(NAME, MIDDLE), numbers=1), key)
        for key in ("a", "b")
    ]
    anna = await someone(ctx, 1)
    application = await apply_for(ctx, anna, [first.id])
    assert application.questions == ["given_name", "patronymic"], "an optional one is asked too"
    with pytest.raises(Refusal) as refused:
        await skip(ctx, anna, "given_name")
    assert (refused.value.code, refused.value.details) == (
        Code.ANSWERS_MISSING,
        {"field": "given_name"},
    )
    await answer(ctx, anna, "given_name", "Анна")
    await skip(ctx, anna, "patronymic")
    await check_answers(ctx, anna, application.id)
    await consented(ctx, anna)
    await issue_cards(ctx, anna, await current_application(ctx, anna))
    await anna.refresh_from_db()
    assert (await apply_for(ctx, anna, [second.id])).questions == []


async def test_contacts_that_came_meanwhile_are_passed_over(ctx: Context) -> None:
    program = await make_program(await make_account(), fields=(PHONE, EMAIL, NAME), numbers=1)
    offer = await make_offer(program)
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id])
    assert (await resume(ctx, anna)).asking == "phone", "nothing is known yet"
    await save_contact(ctx, anna, ContactKind.PHONE, NUMBER)
    assert (await resume(ctx, anna)).asking == "phone", "a phone must be confirmed"
    await save_contact(ctx, anna, ContactKind.PHONE, NUMBER, verified_by="telegram")
    await save_contact(ctx, anna, ContactKind.EMAIL, "anna@example.ru")
    journey = await resume(ctx, anna)
    assert (journey.asking, journey.answers) == ("given_name", {})
    assert (await keep_contact(ctx, anna, journey)).asking == "given_name", "no contact is asked"


async def test_a_phone_of_another_person_is_refused_with_what_proves_it(ctx: Context) -> None:
    offer = await make_offer(await make_program(await make_account(), fields=(PHONE,), numbers=1))
    boris, anna = await someone(ctx, 1), await someone(ctx, 2)
    await save_contact(ctx, boris, ContactKind.PHONE, NUMBER, verified_by="telegram")
    await apply_for(ctx, anna, [offer.id])
    with pytest.raises(Refusal) as refused:
        await answer_phone(ctx, anna, NUMBER)
    assert refused.value.code is Code.CONTACT_TAKEN
    assert refused.value.details["field"] == "phone"
    assert (await current_application(ctx, anna)).asking == "phone"


async def test_leaving_a_controller_out_keeps_the_number_typed_for_the_other(
    ctx: Context,
) -> None:
    rule = {"format": "code128", "mask": "PLASTIC#"}
    offers, programs = [], []
    for key in ("a", "b"):
        program = await make_program(await make_account(key), key, recognition=[rule], numbers=1)
        programs.append(program)
        offers.append(await make_offer(program, key))
    anna = await someone(ctx, 1)
    typed = {program.id: PlasticNumber("PLASTIC7") for program in programs}
    await apply_for(ctx, anna, [offer.id for offer in offers], typed_numbers=typed)
    journey = await leave_out(ctx, anna, programs[0].account_id)
    assert [offer.id for offer in journey.offers] == [offers[1].id]
    assert [*journey.application.typed_numbers] == [str(programs[1].id)]
    assert (await Application.get()).offer_ids == [offers[1].id]


async def test_a_brand_learns_what_its_list_did_not_say(ctx: Context, tmp_path: Path) -> None:
    """Анна's plastic is in the list with her phone; her e-mail and her name are new there."""
    rule = {"format": "code128", "mask": "PLASTIC#"}
    program = await make_program(
        await make_account(), "club", fields=(PHONE, EMAIL, NAME, MIDDLE), recognition=[rule]
    )
    offer = await make_offer(program)
    anna = await someone(ctx, 1)
    await issued_plastic(ctx, tmp_path, "club", f"PLASTIC7;{NUMBER};")
    await save_contact(ctx, anna, ContactKind.PHONE, NUMBER, verified_by="telegram")
    await save_contact(ctx, anna, ContactKind.EMAIL, "anna@example.ru")
    await apply_for(ctx, anna, [offer.id], typed_numbers={program.id: PlasticNumber("PLASTIC7")})
    await answer(ctx, anna, "given_name", "Анна")
    await skip(ctx, anna, "patronymic")
    await check_answers(ctx, anna, (await current_application(ctx, anna)).application.id)
    await consented(ctx, anna)
    (outcome,) = await issue_cards(ctx, anna, await current_application(ctx, anna))
    assert outcome.card is not None
    assert (outcome.card.origin, outcome.card.printed_number) == (CardOrigin.DUPLICATED, "PLASTIC7")
    told = await OutboxEvent.get(kind="ProfileRefreshed")
    assert told.payload == {
        "card_id": outcome.card.id,
        "customer_id": anna.id,
        "program_id": program.id,
        "fields": ["given_name", "email"],
    }


async def test_what_a_brand_knows_already_is_no_news(ctx: Context, tmp_path: Path) -> None:
    rule = {"format": "code128", "mask": "PLASTIC#"}
    program = await make_program(await make_account(), "club", fields=(PHONE,), recognition=[rule])
    offer = await make_offer(program)
    anna = await someone(ctx, 1)
    await issued_plastic(ctx, tmp_path, "club", f"PLASTIC7;{NUMBER};")
    await save_contact(ctx, anna, ContactKind.PHONE, NUMBER, verified_by="telegram")
    await apply_for(ctx, anna, [offer.id], typed_numbers={program.id: PlasticNumber("PLASTIC7")})
    await consented(ctx, anna)
    (outcome,) = await issue_cards(ctx, anna, await current_application(ctx, anna))
    assert outcome.card is not None
    assert not await OutboxEvent.exists(kind="ProfileRefreshed")


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=30)])
async def test_a_second_application_starts_where_the_first_one_ended(
    ctx: Context, clock: StoppedClock, late: timedelta
) -> None:
    """Every answer is known: nothing is asked, whenever that is."""
    account = await make_account()
    first, second = [
        await make_offer(await make_program(account, key, fields=(NAME,), numbers=1), key)
        for key in ("a", "b")
    ]
    anna = await someone(ctx, 1)
    await issued(ctx, anna, [first], answers={"given_name": "Анна"})
    await anna.refresh_from_db()
    clock.now += late
    application = await apply_for(ctx, anna, [second.id])
    assert (application.questions, application.step) == ([], 1)
