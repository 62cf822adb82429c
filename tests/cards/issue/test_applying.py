"""What one application may hold, and when it goes on where it stopped."""

from datetime import UTC, date, datetime

import pytest

from backend.cards.issue.answer_questions import answer, put
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import MOST_OFFERS, apply_for
from backend.cards.issue.consent_screen import consent_view, tick_channel, tick_document
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.cards.issue.obtainable import obtainable_offers
from backend.cards.plastic.plastic_number import PlasticNumber
from backend.platform.context import Context
from catalog.questions.question import FieldType, QuestionnaireField
from models.application import Application, ApplicationStatus
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.brands import NAME, another_offer, make_account, make_offer, make_program
from tests.support.factory.cards import applied, issued
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")

BORN = QuestionnaireField("birth_date", FieldType.BIRTH_DATE, required=True)


async def test_two_offers_of_one_program_make_one_card(ctx: Context) -> None:
    program = await make_program(await make_account(), numbers=3)
    first = await make_offer(program, "grain")
    second = await another_offer(await first.brand, "more")
    other = await make_offer(program, "bread")
    anna = await someone(ctx, 1)
    application = await apply_for(ctx, anna, [second.id, first.id, other.id, second.id])
    assert application.offer_ids == [second.id]
    assert len(await issued(ctx, anna, [second, first, other])) == 1


async def test_ten_offers_at_most_are_applied_for_at_once(ctx: Context) -> None:
    account = await make_account()
    offers = [
        await make_offer(await make_program(account, f"p{n:02}", numbers=1), f"b{n:02}")
        for n in range(11)
    ]
    anna = await someone(ctx, 1)
    application = await apply_for(ctx, anna, [offer.id for offer in offers])
    assert MOST_OFFERS == 10
    assert application.offer_ids == [offer.id for offer in offers[:10]]


async def test_the_same_offers_go_on_and_a_typed_number_begins_anew(ctx: Context) -> None:
    """Анна stopped halfway; then she types the number of her plastic for the same offer: the
    number is used, and her answers come along."""
    rule = {"format": "code128", "mask": "PLASTIC#"}
    program = await make_program(
        await make_account(), fields=(NAME, BORN), numbers=1, recognition=[rule]
    )
    offer = await make_offer(program)
    anna = await someone(ctx, 1)
    first = await apply_for(ctx, anna, [offer.id])
    await answer(ctx, anna, "given_name", "Анна")
    assert (await apply_for(ctx, anna, [offer.id])).id == first.id

    typed = {program.id: PlasticNumber("PLASTIC7")}
    second = await apply_for(ctx, anna, [offer.id], typed_numbers=typed)
    assert second.id != first.id
    assert [*second.typed_numbers] == [str(program.id)]
    current = await current_application(ctx, anna)
    assert (current.answers, current.asking) == ({"given_name": "Анна"}, "birth_date")
    await first.refresh_from_db()
    assert (first.status, first.answers) == (ApplicationStatus.DROPPED, None)

    again = await apply_for(ctx, anna, [offer.id], typed_numbers=typed)
    assert again.id == second.id, "the same number goes on"
    without = await apply_for(ctx, anna, [offer.id])
    assert (without.id != second.id, without.typed_numbers) == (True, {})
    assert await Application.filter(status=ApplicationStatus.OPEN).count() == 1


async def born(ctx: Context, day: str) -> Outcome:
    """Лида, born that day, applies where people must be eighteen."""
    program = await make_program(await make_account(), fields=(BORN,), numbers=1, min_age=18)
    offer = await make_offer(program)
    return (await issued(ctx, await someone(ctx, 1), [offer], answers={"birth_date": day}))[0]


async def test_who_is_eighteen_today_may(ctx: Context, clock: StoppedClock) -> None:
    assert ctx.clock().date() == date(2026, 11, 21)
    outcome = await born(ctx, "21.11.2008")
    assert outcome.card is not None


async def test_who_is_eighteen_tomorrow_may_not_yet(ctx: Context, clock: StoppedClock) -> None:
    outcome = await born(ctx, "22.11.2008")
    assert outcome.refusal is not None
    assert outcome.refusal.code is Code.TOO_YOUNG
    assert outcome.refusal.details == {"age": 18}


async def test_the_day_has_begun_in_the_east(ctx: Context, clock: StoppedClock) -> None:
    """In Kamchatka it is the birthday already while it is the day before in UTC."""
    clock.now = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    outcome = await born(ctx, "22.11.2008")
    assert outcome.card is not None


async def test_only_what_is_on_the_screen_can_be_ticked(ctx: Context) -> None:
    """Neither another controller's document, nor a channel that the document does not name."""
    offer = await make_offer(await make_program(await make_account("a"), "a", numbers=1), "a")
    strange = await make_offer(await make_program(await make_account("b"), "b", numbers=1), "b")
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id])
    current = await current_application(ctx, anna)
    view = await consent_view(ctx, anna, current, current.controllers[0])
    boris = await someone(ctx, 2)
    await apply_for(ctx, boris, [strange.id])
    theirs = await current_application(ctx, boris)
    other = await consent_view(ctx, boris, theirs, theirs.controllers[0])
    for document in (other.documents.personal_data, view.documents.advertising):
        with pytest.raises(Refusal) as refused:
            await tick_document(ctx, current, view, document.id)
        assert refused.value.code is Code.DOCUMENT_CHANGED
    with pytest.raises(Refusal) as refused:
        await tick_channel(ctx, current, view, "pigeon")
    assert refused.value.code is Code.DOCUMENT_CHANGED
    assert (await Application.get(id=current.application.id)).choices == {}


async def test_of_two_taps_at_one_step_the_second_changes_nothing(ctx: Context) -> None:
    """Both read the same step; what the first wrote is not written over."""
    offer = await make_offer(
        await make_program(await make_account(), fields=(NAME, BORN), numbers=1)
    )
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id])
    seen, also = await current_application(ctx, anna), await current_application(ctx, anna)
    await put(ctx, seen, step=1)
    await put(ctx, also, step=2)
    assert (await Application.get()).step == 1


async def test_a_closed_application_is_moved_by_nobody(ctx: Context) -> None:
    offer = await make_offer(await make_program(await make_account(), numbers=2))
    anna = await someone(ctx, 1)
    await applied(ctx, anna, [offer])
    current = await current_application(ctx, anna)
    view = await consent_view(ctx, anna, current, current.controllers[0])
    await issue_cards(ctx, anna, current)
    with pytest.raises(Refusal) as refused:
        await tick_channel(ctx, current, view, "sms")
    assert refused.value.code is Code.APPLICATION_CLOSED


async def test_what_stands_in_the_way_of_all_is_told_of_the_first(
    ctx: Context, clock: StoppedClock
) -> None:
    account = await make_account()
    empty = await make_offer(await make_program(account, "empty"), "empty")
    anna = await someone(ctx, 1)
    for wanted, code, about in (
        ([empty.id, 999], Code.POOL_EMPTY, empty.id),
        ([999, empty.id], Code.OFFER_NOT_FOUND, None),
        ([], Code.OFFER_NOT_FOUND, None),
    ):
        with pytest.raises(Refusal) as refused:
            await obtainable_offers(anna, wanted, clock(), set())
        assert (refused.value.code, refused.value.about) == (code, about)


async def test_a_birthday_without_a_bound_keeps_nobody_out(ctx: Context) -> None:
    offer = await make_offer(await make_program(await make_account(), fields=(BORN,), numbers=1))
    anna = await someone(ctx, 1)
    (made,) = await issued(ctx, anna, [offer], answers={"birth_date": "12.05.2020"})
    assert made.card is not None
