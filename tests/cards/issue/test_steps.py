"""From step to step: back, change, leave out; nothing lost, nothing doubled."""

import asyncio

import pytest

from backend.cards.issue.agree import agree
from backend.cards.issue.answer_questions import (
    answer,
    drop_application,
    keep_answer,
    move_on,
    skip,
    values_of,
)
from backend.cards.issue.application import OpenApplication, current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.cards_of import cards_of
from backend.cards.issue.change_step import change_answer, check_answers, go_back
from backend.cards.issue.consent_screen import consent_view, tick_channel, tick_document
from backend.cards.issue.finished import cards_just_made
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.issue.leave_out import back_from_consent, leave_out
from backend.cards.pocket.wallet import remove_card
from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from catalog.bilingual import Bilingual
from catalog.questions.question import FieldType, QuestionnaireField
from models.application import Application, ApplicationStatus
from models.card import Card
from models.consent_document import ConsentDocument
from models.customer import Customer
from models.offer import Offer
from models.refusal import Code, Refusal
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import applied, consented, issued
from tests.support.factory.customers import someone

NAME = QuestionnaireField("given_name", FieldType.GIVEN_NAME, required=True)
SURNAME = QuestionnaireField("surname", FieldType.SURNAME, required=True)
BORN = QuestionnaireField("birth_date", FieldType.BIRTH_DATE, required=True)
MIDDLE = QuestionnaireField("patronymic", FieldType.PATRONYMIC, required=False)
PET = QuestionnaireField(
    "pet", FieldType.TEXT, required=True, label=Bilingual("Питомец?", "Pet?"), longest=40
)


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def a_shop(key: str, *fields: QuestionnaireField) -> Offer:
    account = await make_account(key)
    return await make_offer(await make_program(account, key, fields=fields, numbers=3), key)


async def on_the_way(ctx: Context, *offers: Offer, **answers: str) -> Customer:
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id for offer in offers])
    for key, value in answers.items():
        await answer(ctx, anna, key, value)
    return anna


def here(current: OpenApplication) -> tuple[int, int]:
    return current.application.id, current.application.step


async def test_of_two_answers_at_once_one_counts(ctx: Context) -> None:
    """The second was given to a question that is not in hand any more."""
    anna = await on_the_way(ctx, await a_shop("a", NAME, SURNAME))
    seen = await current_application(ctx, anna)
    await answer(ctx, anna, "given_name", "Анна")
    late = await move_on(ctx, anna, seen, {"given_name": "Ольга"})
    assert late.answers == {"given_name": "Анна"}
    assert late.asking == "surname"
    await asyncio.gather(*(answer(ctx, anna, "surname", name) for name in ("Ветрова", "Котова")))
    current = await current_application(ctx, anna)
    assert current.at_summary
    assert current.answers["surname"] in {"Ветрова", "Котова"}
    assert (await answer(ctx, anna, "surname", "Третья")).answers == current.answers


async def test_going_back_keeps_every_answer(ctx: Context) -> None:
    anna = await on_the_way(
        ctx, await a_shop("a", NAME, SURNAME, BORN), given_name="Ана", surname="Ветрова"
    )
    at = here(await current_application(ctx, anna))
    await go_back(ctx, anna, at)
    current, moved = await go_back(ctx, anna, at)
    assert (current.asking, moved) == ("surname", True), "a second tap goes no further"
    current, _ = await go_back(ctx, anna)
    assert await values_of(ctx, anna, current) == {"given_name": "Ана", "surname": "Ветрова"}
    current = await answer(ctx, anna, "given_name", "Анна")
    assert current.asking == "birth_date", "on with the first question that is open"
    assert current.answers == {"given_name": "Анна", "surname": "Ветрова"}


async def test_an_answer_can_be_left_as_it_is(ctx: Context) -> None:
    anna = await on_the_way(ctx, await a_shop("a", NAME, SURNAME), given_name="Анна")
    await go_back(ctx, anna)
    current = await current_application(ctx, anna)
    assert (await keep_answer(ctx, anna, here(current))).asking == "surname"
    assert (await keep_answer(ctx, anna, here(current))).asking == "surname", "of an older screen"
    current = await current_application(ctx, anna)
    assert (await keep_answer(ctx, anna, here(current))).asking == "surname", "there is none yet"


async def test_before_the_first_question_there_is_none(ctx: Context) -> None:
    anna = await on_the_way(ctx, await a_shop("a", NAME))
    current, moved = await go_back(ctx, anna)
    assert (current.asking, moved) == ("given_name", False)
    assert await Application.filter(status=ApplicationStatus.OPEN).count() == 1


async def test_the_answers_are_looked_over_before_the_consents(ctx: Context) -> None:
    anna = await on_the_way(ctx, await a_shop("a", NAME, MIDDLE), given_name="Ана")
    await skip(ctx, anna, "patronymic")
    current = await current_application(ctx, anna)
    assert current.at_summary
    current = await change_answer(ctx, anna, current.application.id, 0)
    assert current.asking == "given_name"
    current = await answer(ctx, anna, "given_name", "Анна")
    assert current.at_summary, "what was skipped is not asked again"
    current = await check_answers(ctx, anna, current.application.id)
    assert current.checked
    assert (await check_answers(ctx, anna, current.application.id)).checked
    await consented(ctx, anna)
    await issue_cards(ctx, anna, await current_application(ctx, anna))
    await anna.refresh_from_db()
    assert read_profile(ctx, anna)["given_name"] == "Анна"


async def test_a_known_answer_can_be_changed_on_the_way_to_the_next_card(ctx: Context) -> None:
    first, second = await a_shop("a", NAME), await a_shop("b", NAME)
    anna = await someone(ctx, 1)
    await issued(ctx, anna, [first], answers={"given_name": "Ана"})
    await anna.refresh_from_db()
    await apply_for(ctx, anna, [second.id])
    current = await current_application(ctx, anna)
    assert current.checked, "who is asked nothing goes straight to the consents"
    account = current.controllers[0].id
    current = await back_from_consent(ctx, anna, account)
    assert current.at_summary
    current = await change_answer(ctx, anna, current.application.id, 0)
    await answer(ctx, anna, "given_name", "Анна")
    await consented(ctx, anna)
    await issue_cards(ctx, anna, await current_application(ctx, anna))
    await anna.refresh_from_db()
    assert read_profile(ctx, anna)["given_name"] == "Анна"


async def test_a_button_of_another_application_changes_nothing(ctx: Context) -> None:
    anna = await on_the_way(ctx, await a_shop("a", NAME), given_name="Анна")
    old = (await current_application(ctx, anna)).application.id
    await apply_for(ctx, anna, [(await a_shop("b", NAME, SURNAME)).id])
    await drop_application(ctx, anna, old)
    current = await current_application(ctx, anna)
    at = (old, current.application.step)
    assert (await keep_answer(ctx, anna, at)).asking == "surname"
    assert current.answers == {"given_name": "Анна"}, "typed for one card, kept for the next"
    assert current.asking == "surname"
    assert (await change_answer(ctx, anna, old, 0)).asking == "surname"
    assert (await check_answers(ctx, anna, old)).asking == "surname"


async def test_who_gives_up_leaves_no_answer_behind(ctx: Context) -> None:
    """By their own application alone: somebody else's stays."""
    anna = await on_the_way(ctx, await a_shop("a", NAME, SURNAME), given_name="Анна")
    mine = (await current_application(ctx, anna)).application
    boris = await someone(ctx, 2)
    await drop_application(ctx, boris, mine.id)
    assert (await current_application(ctx, anna)).answers == {"given_name": "Анна"}
    await drop_application(ctx, anna, mine.id)
    await mine.refresh_from_db()
    assert (mine.status, mine.answers) == (ApplicationStatus.DROPPED, None)
    with pytest.raises(Refusal) as refused:
        await current_application(ctx, anna)
    assert refused.value.code is Code.APPLICATION_CLOSED


async def test_only_what_is_on_the_screen_can_be_ticked(ctx: Context) -> None:
    """A made-up tap names the terms of another program, or a channel that the text does not."""
    anna = await on_the_way(ctx, await a_shop("a"))
    other = await a_shop("b")
    strange = await ConsentDocument.filter(program_id__isnull=False, language="ru").order_by("-id")
    current = await current_application(ctx, anna)
    view = await consent_view(ctx, anna, current, current.controllers[0])
    await other.fetch_related("brand")
    assert strange[0].program_id == other.brand.program_id
    for tap in (
        tick_document(ctx, current, view, strange[0].id, True),
        tick_channel(ctx, current, view, "pigeon", True),
    ):
        with pytest.raises(Refusal) as refused:
            await tap
        assert refused.value.code is Code.DOCUMENT_CHANGED
    assert (await Application.get()).choices == {}


async def test_of_two_ticks_at_once_both_count(ctx: Context) -> None:
    """Both taps read the screen before either was written down."""
    anna = await on_the_way(ctx, await a_shop("a"))
    seen, also = await current_application(ctx, anna), await current_application(ctx, anna)
    account = seen.controllers[0]
    view = await consent_view(ctx, anna, seen, account)
    data = view.documents.personal_data.id
    await tick_document(ctx, seen, view, data, True)
    after = await tick_channel(ctx, also, view, "telegram", True)
    assert (after.ticked, after.channels) == ({data}, ["telegram"])
    kept = (await Application.get()).choices[str(account.id)]
    assert kept == {"documents": [data], "channels": ["telegram"]}


async def test_a_tick_on_an_application_that_was_closed_meanwhile_is_refused(
    ctx: Context,
) -> None:
    anna = await on_the_way(ctx, await a_shop("a"))
    current = await current_application(ctx, anna)
    view = await consent_view(ctx, anna, current, current.controllers[0])
    await Application.all().update(status=ApplicationStatus.DROPPED)
    with pytest.raises(Refusal) as refused:
        await tick_document(ctx, current, view, view.documents.personal_data.id, True)
    assert refused.value.code is Code.APPLICATION_CLOSED
    assert (await Application.get()).choices == {}


async def test_a_second_tap_on_a_tick_leaves_it(ctx: Context) -> None:
    anna = await on_the_way(ctx, await a_shop("a"))
    for _ in range(2):
        current = await current_application(ctx, anna)
        view = await consent_view(ctx, anna, current, current.controllers[0])
        await tick_document(ctx, current, view, view.documents.personal_data.id, True)
        await tick_channel(ctx, current, view, "telegram", True)
    kept = (await Application.get()).choices[str(current.controllers[0].id)]
    assert kept["documents"] == [view.documents.personal_data.id]
    assert kept["channels"] == ["telegram"]


async def test_back_from_the_second_controller_keeps_the_ticks(ctx: Context) -> None:
    offers = [await a_shop("a", NAME), await a_shop("b", NAME)]
    anna = await someone(ctx, 1)
    await applied(ctx, anna, offers, answers={"given_name": "Анна"}, channels=("email",))
    current = await current_application(ctx, anna)
    await check_answers(ctx, anna, current.application.id)
    one, two = (account.id for account in current.controllers)
    await Application.all().update(choices={**current.application.choices, str(two): {}})
    current = await back_from_consent(ctx, anna, two)
    account = current.next_controller
    assert account is not None
    assert account.id == one
    view = await consent_view(ctx, anna, current, account)
    assert (view.missing(), view.channels) == ([], ["email"])
    assert (await back_from_consent(ctx, anna, two)).checked, "a second tap goes no further"
    assert (await back_from_consent(ctx, anna, one)).at_summary


async def test_without_one_controller_the_other_cards_are_made(ctx: Context) -> None:
    """What only the left-out shop asks for goes; the rest of the answers stays."""
    coffee, pets = await a_shop("coffee", NAME), await a_shop("pets", NAME, PET)
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [coffee.id, pets.id])
    await answer(ctx, anna, "given_name", "Анна")
    await answer(ctx, anna, "pets.pet", "Мурзик")
    current = await current_application(ctx, anna)
    first, second = (account.id for account in current.controllers)
    assert (await leave_out(ctx, anna, second)).offers == current.offers, "not at the consents yet"
    await check_answers(ctx, anna, current.application.id)
    assert (await leave_out(ctx, anna, second)).offers == current.offers, "not the one in hand"
    await _agree_to(ctx, anna)
    current = await leave_out(ctx, anna, second)
    assert [offer.id for offer in current.offers] == [coffee.id]
    assert "pets.pet" not in current.answers
    assert current.answers["given_name"] == "Анна"
    assert current.next_controller is None
    await leave_out(ctx, anna, first)
    outcomes = await issue_cards(ctx, anna, await current_application(ctx, anna))
    assert [outcome.card is not None for outcome in outcomes] == [True]
    assert await Card.all().count() == 1
    await anna.refresh_from_db()
    assert "pets.pet" not in read_profile(ctx, anna)


async def _agree_to(ctx: Context, anna: Customer) -> None:
    """The controller in hand, and no other."""
    current = await current_application(ctx, anna)
    account = current.next_controller
    assert account is not None
    view = await consent_view(ctx, anna, current, account)
    for document in view.missing():
        await tick_document(ctx, current, view, document.id, True)
        view = await consent_view(ctx, anna, current, account)
    await agree(ctx, anna, account.id)


async def test_the_only_controller_cannot_be_left_out(ctx: Context) -> None:
    anna = await on_the_way(ctx, await a_shop("a"))
    current = await current_application(ctx, anna)
    assert len((await leave_out(ctx, anna, current.controllers[0].id)).offers) == 1


async def test_a_finished_application_keeps_no_answers(ctx: Context) -> None:
    """Of one card, of several, and of a card that came back."""
    one, two, three = await a_shop("a", NAME), await a_shop("b", NAME), await a_shop("c", SURNAME)
    anna = await someone(ctx, 1)
    await issued(ctx, anna, [one, two], answers={"given_name": "Анна"})
    assert len(await cards_just_made(anna)) == 2
    await anna.refresh_from_db()
    card = (await issued(ctx, anna, [three], answers={"surname": "Ветрова"}))[0].card
    assert card is not None
    assert [made.id for made in await cards_just_made(anna)] == [card.id]
    await remove_card(ctx, anna, card.id)
    await anna.refresh_from_db()
    await issued(ctx, anna, [three])
    closed = await Application.all()
    assert [each.status for each in closed] == [ApplicationStatus.DONE] * 3
    assert [each.answers for each in closed] == [None] * 3


async def test_two_brands_of_one_program_are_one_card(ctx: Context) -> None:
    account = await make_account()
    program = await make_program(account, numbers=3)
    grain, bread = await make_offer(program, "grain"), await make_offer(program, "bread")
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [bread.id, grain.id])
    cards = await cards_of(await current_application(ctx, anna))
    assert [[brand.key for brand in card] for card in cards] == [["bread", "grain"]]
