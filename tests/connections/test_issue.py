"""Анна gets a card of a brand whose own system is asked first, and may be away."""

import asyncio

import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.issue_cards import Outcome, issue_cards
from backend.connections.forget_requests import forget_requests
from backend.connections.lanes import Lanes
from backend.partners.member import CardNumber, Member
from backend.partners.processor import Ability
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from backend.reactions import reactions
from models.account import Account
from models.card import Card, CardOrigin
from models.connection import CardRequest, Connection, PartnerMember, RequestState, TellingState
from models.consent_record import ConsentRecord
from models.customer import Customer
from models.offer import Offer
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import ProcessorKind
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.edge.strict_cdp import OpenedCdp, StrictCdp, well_again
from tests.support.factory.brands import NAME, PHONE, make_offer, make_program
from tests.support.factory.cards import applied
from tests.support.factory.customers import someone
from tests.support.outbox import run_due

ANSWERS = {"given_name": "Анна", "phone": "+79161234567"}


async def club(account: Account, connection: Connection, **more: object) -> Offer:
    program = await make_program(
        account,
        "club",
        fields=(NAME, PHONE),
        connection_id=connection.id,
        **{"processor": ProcessorKind.PARTNER, **more},  # type: ignore[arg-type]
    )
    return await make_offer(program, "club")


async def tapped(ctx: Context, customer: Customer, offer: Offer) -> Outcome:
    """Everything up to the last tap, and that."""
    await applied(ctx, customer, [offer], answers=ANSWERS, channels=("telegram",))
    current = await current_application(ctx, customer)
    (outcome,) = await issue_cards(ctx, customer, current, shown=True)
    return outcome


async def one_round(worker: Context, opened: OpenedCdp) -> None:
    """What is due is announced, marked and told."""
    await run_due(worker, reactions({}, worker.clock))
    lanes = Lanes(worker, opened)
    await lanes.step()
    await lanes.rest()


def code(outcome: Outcome) -> Code | None:
    return outcome.refusal.code if outcome.refusal is not None else None


async def test_their_number_becomes_the_card(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp,
    romashka: Account, connection: Connection,
) -> None:  # fmt: skip
    anna = await someone(asking, 1)
    offer = await club(romashka, connection)
    outcome = await tapped(asking, anna, offer)
    assert outcome.card is not None
    assert (outcome.card.barcode_value, outcome.card.origin) == ("G00001", CardOrigin.ISSUED)
    assert (await CardRequest.get()).state is RequestState.MADE
    await one_round(worker, opened)
    assert cdp.bound == {"G00001": str(anna.id)}
    told = cdp.members[str(anna.id)]
    assert (told.phone, told.first_name, told.phone_verified) == ("+79161234567", "Анна", True)
    assert cdp.consents == {
        str(anna.id): {("club", "email"): False, ("club", "telegram"): True}
    } | {str(anna.id): cdp.consents[str(anna.id)]}
    assert cdp.consents[str(anna.id)][("club", "telegram")] is True
    assert (await PartnerMember.get()).state is TellingState.DONE


async def test_a_card_that_they_know_by_the_phone_is_brought_in(
    asking: Context, cdp: StrictCdp, romashka: Account, connection: Connection
) -> None:
    cdp.members["old"] = Member("old", phone="+79161234567")
    cdp.bound["P-77"] = "old"
    cdp.numbers["P-77"] = CardNumber("P 77", "P-77")
    outcome = await tapped(asking, await someone(asking, 1), await club(romashka, connection))
    assert outcome.card is not None
    assert outcome.card.printed_number == "P 77"
    assert outcome.card.origin is CardOrigin.DUPLICATED
    assert cdp.given == 0


async def test_a_silent_system_keeps_nobody_waiting_and_loses_nothing(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp,
    romashka: Account, connection: Connection, clock: StoppedClock,
) -> None:  # fmt: skip
    anna, offer = await someone(asking, 1), await club(romashka, connection)
    cdp.silent = True
    outcome = await tapped(asking, anna, offer)
    assert code(outcome) is Code.CARD_AWAITED
    # What she has agreed to stands, and nothing is asked again.
    assert await ConsentRecord.filter(customer_id=anna.id).count() == 3
    with pytest.raises(Refusal) as refused:
        await apply_for(asking, anna, [offer.id])
    assert refused.value.code is Code.CARD_AWAITED
    well_again(cdp, opened)
    clock.advance(seconds=60)
    await one_round(worker, opened)
    card = await Card.get()
    assert card.barcode_value == "G00001"
    (event,) = await OutboxEvent.filter(kind="CardIssued")
    assert event.payload["shown"] is False, "she is told of it"
    assert (await CardRequest.get()).state is RequestState.MADE


@pytest.mark.parametrize("lost", [1, 2, 3])
async def test_an_answer_that_was_lost_makes_no_second_card(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp, lost: int,
    romashka: Account, connection: Connection, clock: StoppedClock,
) -> None:  # fmt: skip
    """The card was made there, and nobody heard of it; also while their pool may be used here."""
    anna = await someone(asking, 1)
    offer = await club(romashka, connection, local_pool=True, numbers=5)
    cdp.abilities = cdp.abilities - {Ability.FIND_BY_CONTACT}
    cdp.after = [TryLater("half an answer")] * lost
    assert code(await tapped(asking, anna, offer)) is Code.CARD_AWAITED
    for _ in range(4):
        clock.advance(minutes=10)
        opened.opened.breaker.well()
        await one_round(worker, opened)
    assert (await Card.get()).barcode_value == "G00001"
    assert cdp.bound == {"G00001": str(anna.id)}
    assert not await PoolNumber.filter(status=NumberStatus.ISSUED).exists()


async def test_with_a_pool_of_its_own_the_card_is_there_at_once(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp,
    romashka: Account, connection: Connection, clock: StoppedClock,
) -> None:  # fmt: skip
    anna = await someone(asking, 1)
    offer = await club(romashka, connection, local_pool=True, numbers=5)
    cdp.before = [TryLater("away")]
    outcome = await tapped(asking, anna, offer)
    assert outcome.card is not None
    number = outcome.card.barcode_value
    assert await PoolNumber.get(barcode_value=number, status=NumberStatus.ISSUED)
    await one_round(worker, opened)
    assert cdp.bound == {number: str(anna.id)}


async def test_a_pool_number_gives_way_to_the_card_that_they_had(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp,
    romashka: Account, connection: Connection,
) -> None:  # fmt: skip
    anna = await someone(asking, 1)
    offer = await club(romashka, connection, processor=ProcessorKind.POOL, numbers=5)
    cdp.before = [TryLater("away")]
    cdp.members[str(anna.id)] = Member(str(anna.id), phone="+79161234567")
    cdp.bound["P-77"] = str(anna.id)
    cdp.numbers["P-77"] = CardNumber("P-77", "P-77")
    outcome = await tapped(asking, anna, offer)
    assert outcome.card is not None
    pooled = outcome.card.barcode_value
    await one_round(worker, opened)
    assert (await Card.get()).barcode_value == "P-77"
    assert (await PoolNumber.get(barcode_value=pooled)).status is NumberStatus.QUARANTINED
    assert cdp.bound == {"P-77": str(anna.id)}


async def test_a_second_tap_gets_the_same_card(
    asking: Context, cdp: StrictCdp, romashka: Account, connection: Connection
) -> None:
    anna, offer = await someone(asking, 1), await club(romashka, connection)
    await applied(asking, anna, [offer], answers=ANSWERS)
    current = await current_application(asking, anna)
    made = await asyncio.gather(*(issue_cards(asking, anna, current) for _ in range(3)))
    cards = {outcome.card.id for (outcome,) in made if outcome.card is not None}
    assert len(cards) == 1
    assert cdp.given == 1
    assert (
        await CardRequest.filter(state=RequestState.MADE).count() == await CardRequest.all().count()
    )


async def test_missing_settings_stop_the_retries_and_tell_the_brand(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp,
    romashka: Account, connection: Connection, clock: StoppedClock,
) -> None:  # fmt: skip
    anna, offer = (
        await someone(asking, 1),
        await club(romashka, connection, processor="pool", numbers=3),
    )
    outcome = await tapped(asking, anna, offer)
    assert outcome.card is not None
    cdp.before = [NeedsSettings("the secret key is refused")]
    await one_round(worker, opened)
    await connection.refresh_from_db()
    assert (connection.status.value, connection.reason) == ("broken", "the secret key is refused")
    assert await OutboxEvent.filter(kind="ConnectionStopped").count() == 1
    asked = len(cdp.asked)
    clock.advance(days=1)
    await one_round(worker, opened)
    assert len(cdp.asked) == asked


async def test_a_number_that_somebody_carries_is_refused_and_told(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp,
    romashka: Account, connection: Connection, clock: StoppedClock,
) -> None:  # fmt: skip
    """Their system has lost its memory, and gives the same number again."""
    offer = await club(romashka, connection)
    assert (await tapped(asking, await someone(asking, 1), offer)).card is not None
    boris = await someone(asking, 2)
    cdp.given, cdp.silent = 0, True
    cdp.bound.clear()
    answers = {**ANSWERS, "phone": "+79161234568"}
    await applied(asking, boris, [offer], answers=answers)
    (waits,) = await issue_cards(asking, boris, await current_application(asking, boris))
    assert code(waits) is Code.CARD_AWAITED
    well_again(cdp, opened)
    clock.advance(minutes=5)
    await one_round(worker, opened)
    request = await CardRequest.get(customer_id=boris.id)
    assert (request.state, request.reason) == (RequestState.REFUSED, "number_taken")
    assert await OutboxEvent.filter(kind="CardRequestRefused").count() == 1
    assert await Card.all().count() == 1


async def test_what_has_ended_is_forgotten_and_what_waits_is_not(
    asking: Context, cdp: StrictCdp, romashka: Account, connection: Connection,
    clock: StoppedClock,
) -> None:  # fmt: skip
    offer = await club(romashka, connection)
    await tapped(asking, await someone(asking, 1), offer)
    cdp.silent = True
    answers = {**ANSWERS, "phone": "+79161234568"}
    boris = await someone(asking, 2)
    await applied(asking, boris, [offer], answers=answers)
    await issue_cards(asking, boris, await current_application(asking, boris))
    clock.advance(days=60)
    assert await forget_requests(clock()) == 1
    assert [each.customer_id for each in await CardRequest.all()] == [boris.id]


async def test_a_request_that_is_fulfilled_while_another_tap_writes(
    asking: Context, cdp: StrictCdp, romashka: Account, connection: Connection
) -> None:
    """Again and again, as it depends on the moment."""
    offer = await club(romashka, connection)
    for number in range(2, 8):
        person = await someone(asking, number)
        answers = {**ANSWERS, "phone": f"+7916123456{number}"}
        await applied(asking, person, [offer], answers=answers)
        current = await current_application(asking, person)
        made = await asyncio.gather(*(issue_cards(asking, person, current) for _ in range(6)))
        assert {outcome.refusal for (outcome,) in made} == {None}
        assert await Card.filter(customer_id=person.id).count() == 1
    assert cdp.given == 6


async def test_a_slow_system_gives_the_card_when_nobody_looks_on(
    asking: Context, worker: Context, opened: OpenedCdp, cdp: StrictCdp,
    romashka: Account, connection: Connection, clock: StoppedClock,
) -> None:  # fmt: skip
    """It takes longer for each answer than a person waits."""
    anna, offer = await someone(asking, 1), await club(romashka, connection)
    cdp.slow, cdp.patience = 0.2, 0.05
    assert code(await tapped(asking, anna, offer)) is Code.CARD_AWAITED
    clock.advance(minutes=1)
    opened.opened.breaker.well()
    await one_round(worker, opened)
    assert (await Card.get()).barcode_value == "G00001"
