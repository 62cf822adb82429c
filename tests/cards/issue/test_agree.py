"""The last tap: what was agreed to and the card are written down together or not at all."""

import asyncio
from dataclasses import replace

import pytest

from backend.cards.issue.agree import agree, issue_agreed
from backend.cards.issue.answer_questions import answer
from backend.cards.issue.application import Step, current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.change_step import check_answers
from backend.cards.issue.consent_screen import consent_view, tick_channel, tick_document
from backend.customers.person.profile import read_profile
from backend.platform.context import Actor, ActorKind, Context
from models.application import Application, ApplicationStatus
from models.card import Card
from models.consent_record import ConsentRecord
from models.consent_state import ConsentState
from models.customer import Customer
from models.offer import Offer
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code, Refusal
from tests.support.factory.brands import NAME, make_account, make_offer, make_program
from tests.support.factory.cards import consented
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def offer() -> Offer:
    return await make_offer(await make_program(await make_account(), numbers=2))


@pytest.fixture
async def anna(ctx: Context, offer: Offer) -> Customer:
    """Everything that the card needs is ticked."""
    person = await someone(ctx, 1)
    await apply_for(ctx, person, [offer.id])
    await ticked(ctx, person)
    return person


async def ticked(ctx: Context, person: Customer) -> int:
    """The id of the controller in hand, all of whose required documents are ticked now."""
    current = await current_application(ctx, person)
    account = current.next_controller
    assert account is not None
    view = await consent_view(ctx, person, current, account)
    for document in view.missing():
        await tick_document(ctx, current, view, document.id, True)
    return int(account.id)


async def controller_of(offer: Offer) -> int:
    await offer.fetch_related("brand__program")
    return offer.brand.program.account_id


async def test_the_card_is_there_with_what_was_agreed_to(
    ctx: Context, anna: Customer, offer: Offer
) -> None:
    controller = await controller_of(offer)
    last, (made,) = await agree(ctx, anna, controller)
    card, application = await Card.get(), await Application.get()
    assert (made.card, made.new, last.step) == (card, True, Step.CARDS)
    assert application.status is ApplicationStatus.DONE
    kept = application.choices[str(controller)]
    assert kept["agreed"]
    assert kept["door"] == ctx.door
    recorded = {record.document_id for record in await ConsentRecord.all()}
    assert recorded == {shown["id"] for shown in kept["shown"]}


async def test_without_a_number_the_agreement_waits_for_one(
    ctx: Context, anna: Customer, offer: Offer
) -> None:
    controller = await controller_of(offer)
    await PoolNumber.all().update(status=NumberStatus.ISSUED)
    _, (made,) = await agree(ctx, anna, controller)
    assert made.refusal is not None
    assert (made.refusal.code, made.refusal.about) == (Code.POOL_EMPTY, offer.id)
    current = await current_application(ctx, anna)
    assert current.step is Step.CARDS, "nobody is asked again for what they have agreed to"
    assert not await ConsentRecord.exists(), "evidence comes with the card"
    assert (await agree(ctx, anna, controller))[1] == [], "the screen is closed"


async def test_the_person_in_hand_has_the_new_profile(ctx: Context) -> None:
    """And the card is announced as one that they were shown."""
    offer = await make_offer(await make_program(await make_account(), fields=(NAME,), numbers=1))
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id])
    current = await answer(ctx, anna, "given_name", "Анна")
    await check_answers(ctx, anna, current.application.id)
    _, (made,) = await agree(ctx, anna, await ticked(ctx, anna), shown=True)
    assert made.card is not None
    assert read_profile(ctx, anna)["given_name"] == "Анна"
    (told,) = [row.payload for row in await OutboxEvent.filter(kind="CardIssued")]
    assert told["shown"] is True


async def test_evidence_says_who_agreed_for_the_person(
    ctx: Context, anna: Customer, offer: Offer
) -> None:
    key = ctx.acting(Actor(ActorKind.KEY, 7), ctx.door)
    await agree(key, anna, await controller_of(offer))
    for record in await ConsentRecord.all():
        assert record.context["actor"] == str(key.actor)


async def test_a_tick_that_came_in_between_is_not_passed_over(
    ctx: Context, anna: Customer, offer: Offer
) -> None:
    """The screen was read without a channel; by now there is one."""
    controller = await controller_of(offer)
    read = await current_application(ctx, anna)
    choice = {**read.choices[str(controller)], "agreed": ctx.clock().isoformat(), "shown": []}
    stale = replace(read, agreed={str(controller): choice})
    seen = await current_application(ctx, anna)
    account = seen.next_controller
    assert account is not None
    await tick_channel(ctx, seen, await consent_view(ctx, anna, seen, account), "telegram", True)
    assert await issue_agreed(ctx, anna, stale) is None
    assert not await Card.exists()
    assert (await Application.get()).status is ApplicationStatus.OPEN
    _, (made,) = await agree(ctx, anna, controller)
    assert made.card is not None
    said = await ConsentState.get(purpose="advertising", channel="telegram")
    assert said.granted


async def test_an_application_that_was_closed_in_between_makes_no_card(
    ctx: Context, anna: Customer, offer: Offer
) -> None:
    controller = await controller_of(offer)
    read = await current_application(ctx, anna)
    choice = {**read.choices[str(controller)], "agreed": ctx.clock().isoformat(), "shown": []}
    await Application.all().update(status=ApplicationStatus.DROPPED)
    stale = replace(read, agreed={str(controller): choice})
    assert await issue_agreed(ctx, anna, stale) is None
    assert not await Card.exists()
    assert await PoolNumber.filter(status=NumberStatus.FREE).count() == 2


async def test_of_two_last_taps_at_once_one_makes_the_card(
    ctx: Context, anna: Customer, offer: Offer
) -> None:
    controller = await controller_of(offer)

    taps = (agree(ctx, anna, controller) for _ in range(5))
    ended = await asyncio.gather(*taps, return_exceptions=True)
    refused = [each for each in ended if isinstance(each, BaseException)]
    assert all(isinstance(e, Refusal) and e.code is Code.APPLICATION_CLOSED for e in refused)
    made = [each[1] for each in ended if not isinstance(each, BaseException)]
    outcomes = [each for outcomes in made for each in outcomes]
    card = await Card.get()
    assert [each.card for each in outcomes if each.new] == [card]
    assert {each.card for each in outcomes} == {card}
    assert await ConsentRecord.all().count() == 3
    assert await PoolNumber.filter(status=NumberStatus.FREE).count() == 1


async def test_what_is_not_ticked_is_not_agreed_to(ctx: Context, offer: Offer) -> None:
    boris = await someone(ctx, 2)
    await apply_for(ctx, boris, [offer.id])
    with pytest.raises(Refusal) as refused:
        await agree(ctx, boris, await controller_of(offer))
    assert (refused.value.code, refused.value.details["purpose"]) == (
        Code.CONSENT_REQUIRED,
        "personal_data",
    )
    assert (await Application.get()).choices == {}


async def test_of_two_controllers_the_second_makes_the_cards(ctx: Context) -> None:
    offers = [
        await make_offer(await make_program(await make_account(key), key, numbers=1), key)
        for key in ("a", "b")
    ]
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id for offer in offers])
    current, made = await agree(ctx, anna, await ticked(ctx, anna))
    assert (current.step, made) == (Step.CONSENTS, [])
    assert not await Card.exists()
    current, made = await agree(ctx, anna, await ticked(ctx, anna))
    assert (current.step, len(made)) == (Step.CARDS, 2)
    assert await Card.all().count() == 2
    assert (await Application.get()).status is ApplicationStatus.DONE


async def test_the_application_says_which_step_comes_next(ctx: Context) -> None:
    offer = await make_offer(await make_program(await make_account(), fields=(NAME,), numbers=1))
    anna = await someone(ctx, 1)
    await apply_for(ctx, anna, [offer.id])
    current = await current_application(ctx, anna)
    assert current.step is Step.QUESTION
    current = await answer(ctx, anna, "given_name", "Анна")
    assert current.step is Step.SUMMARY
    assert not current.in_hand(await controller_of(offer)), "the answers come first"
    assert (await agree(ctx, anna, await controller_of(offer)))[1] == []
    current = await check_answers(ctx, anna, current.application.id)
    assert current.step is Step.CONSENTS
    await consented(ctx, anna)
    assert (await current_application(ctx, anna)).step is Step.CARDS
