"""Numbers run out: who hears of it, who is not led on for nothing, who is told when they return."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from backend.brands.load_numbers import load_numbers
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.pocket.wallet import remove_card
from backend.cards.pool.announce_numbers import announce_numbers
from backend.cards.pool.numbers_back import stop_waiting_for, waiting_for_it
from backend.cards.pool.pool_level import LOW, pools_by_level, pools_in_need, settle_levels
from backend.cards.pool.report_pool import report_empty, report_low
from backend.cards.pool.wait_for_numbers import stop_waiting, wait_for_numbers
from backend.events.cards import CardIssued
from backend.events.numbers import PoolRanEmpty, PoolRanLow
from backend.platform.context import Context
from backend.platform.watch.metrics import POOLS_RAN
from catalog.shelves.stock import out_of_numbers
from models.application import Application, ApplicationStatus
from models.card import Card
from models.customer import Customer
from models.message import Delivery, Message
from models.number_wait import NumberWait
from models.offer import Offer
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import PoolLevel, Program
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.database.counting import statements
from tests.support.edge.notebook import Notebook
from tests.support.factory.brands import NAME, add_numbers, make_account, make_offer, make_program
from tests.support.factory.cards import applied, issued
from tests.support.factory.customers import has_blocked, someone
from tests.support.outbox import clock_round, happened

pytestmark = pytest.mark.usefixtures("database")


async def club(numbers: int, key: str = "club") -> tuple[Program, Offer]:
    program = await make_program(await make_account(key), key, numbers=numbers)
    return program, await make_offer(program, key)


async def told_of_pools() -> list[str]:
    found = await OutboxEvent.filter(kind__startswith="PoolRan").order_by("id")
    return [event.kind for event in found]


async def test_a_pool_that_runs_low_and_empty_is_told_once(ctx: Context) -> None:
    program, offer = await club(LOW + 1)
    assert await pools_in_need() == []
    for number in (1, 2):
        await issued(ctx, await someone(ctx, number), [offer])
    assert await told_of_pools() == ["PoolRanLow"]
    assert await pools_in_need() == [("club", PoolLevel.LOW)]
    rest = await PoolNumber.filter(status=NumberStatus.FREE).order_by("id")
    await PoolNumber.filter(id__in=[row.id for row in rest[2:]]).update(status=NumberStatus.ISSUED)
    for number in (3, 4):
        await issued(ctx, await someone(ctx, number), [offer])
    assert await told_of_pools() == ["PoolRanLow", "PoolRanEmpty"]
    assert await pools_in_need() == [("club", PoolLevel.EMPTY)]
    assert await pools_by_level() == {"ok": 0, "low": 0, "empty": 1}
    event = await OutboxEvent.get(kind="PoolRanEmpty")
    assert event.payload == {"program_id": program.id, "account_id": program.account_id}
    assert await settle_levels(ctx.clock()) == 0, "nothing is left to say"


async def test_claims_at_once_tell_it_once(ctx: Context) -> None:
    _, offer = await club(3)
    people = [await someone(ctx, number) for number in range(1, 7)]
    for person in people:
        await applied(ctx, person, [offer])
    journeys = [await current_application(ctx, person) for person in people]
    claims = [issue_cards(ctx, *each) for each in zip(people, journeys, strict=True)]
    await asyncio.gather(*claims)
    assert await Card.all().count() == 3
    await settle_levels(ctx.clock())
    assert await told_of_pools() == ["PoolRanEmpty"]


async def test_the_schedule_finds_what_nobody_claimed(ctx: Context) -> None:
    """An upgraded database, or numbers that were set aside."""
    program, _ = await club(0)
    await make_program(await make_account("full"), "full", numbers=LOW)
    await Program.filter(id=program.id).update(pool_level=PoolLevel.OK)
    assert await settle_levels(ctx.clock()) == 1
    assert await settle_levels(ctx.clock()) == 0
    assert await told_of_pools() == ["PoolRanEmpty"]
    await add_numbers(program, LOW)
    assert (await Program.get(id=program.id)).pool_level is PoolLevel.OK


async def test_the_operator_can_see_it(ctx: Context) -> None:
    program, _ = await club(0)
    before = [POOLS_RAN.labels(level)._value.get() for level in ("low", "empty")]
    await report_low(ctx, happened(PoolRanLow(program.id, program.account_id)))
    await report_empty(ctx, happened(PoolRanEmpty(program.id, program.account_id)))
    after = [POOLS_RAN.labels(level)._value.get() for level in ("low", "empty")]
    assert after == [count + 1 for count in before]


async def test_an_empty_pool_is_not_applied_for(ctx: Context) -> None:
    """Alone it is refused before any question; among several it is left out."""
    _, empty = await club(0)
    full, offer = await club(2, "full")
    anna = await someone(ctx, 1)
    with pytest.raises(Refusal) as refused:
        await apply_for(ctx, anna, [empty.id])
    assert refused.value.code is Code.POOL_EMPTY
    assert (refused.value.about, refused.value.details) == (empty.id, {})
    application = await apply_for(ctx, anna, [empty.id, offer.id])
    assert application.offer_ids == [offer.id]
    async with statements() as told:
        assert await out_of_numbers({full.id, empty.brand_id, *range(1, 50)}) != set()
    assert len(told) == 1


async def test_a_card_that_was_removed_needs_no_number(ctx: Context) -> None:
    _, offer = await club(1)
    anna = await someone(ctx, 1)
    card = (await issued(ctx, anna, [offer]))[0].card
    assert card is not None
    await remove_card(ctx, anna, card.id)
    back = (await issued(ctx, anna, [offer]))[0].card
    assert back is not None
    assert back.id == card.id


async def test_who_loses_the_race_keeps_what_was_answered(ctx: Context) -> None:
    program = await make_program(await make_account(), fields=(NAME,), numbers=1)
    offer = await make_offer(program)
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    await applied(ctx, anna, [offer], answers={"given_name": "Анна"})
    await issued(ctx, boris, [offer], answers={"given_name": "Борис"})
    outcome = (await issue_cards(ctx, anna, await current_application(ctx, anna)))[0]
    assert outcome.refusal is not None
    assert (outcome.refusal.code, outcome.refusal.about) == (Code.POOL_EMPTY, offer.id)
    standing = await Application.get(customer_id=anna.id)
    assert standing.status is ApplicationStatus.OPEN
    await add_numbers(program, 1)
    current = await current_application(ctx, anna)
    assert current.answers == {"given_name": "Анна"}
    assert (await issue_cards(ctx, anna, current))[0].card is not None


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


async def waiting(ctx: Context, telegram_id: int, offer: Offer) -> Customer:
    person = await someone(ctx, telegram_id)
    assert await wait_for_numbers(ctx, person, offer.id)
    return person


async def test_people_who_asked_are_told_once(
    ctx: Context, clock: StoppedClock, notebook: Notebook, tmp_path: Path
) -> None:
    program, offer = await club(0)
    anna = await waiting(ctx, 1, offer)
    assert await wait_for_numbers(ctx, anna, offer.id), "a second tap"
    boris = await waiting(ctx, 2, offer)
    await has_blocked(boris, ctx.clock())
    carol = await waiting(ctx, 3, offer)
    await stop_waiting(ctx, carol, offer.id)
    await clock_round(ctx, notebook)
    assert notebook.sent == [], "there are none yet"

    csv = tmp_path / "numbers.csv"
    csv.write_text("printed_number\nCLUB-1\nCLUB-2\n", encoding="utf-8")
    await load_numbers(ctx, program.key, csv)
    clock.advance(hours=12)
    await clock_round(ctx, notebook)
    assert notebook.sent == [], "not at night"
    clock.advance(hours=12)
    for _ in range(3):
        await clock_round(ctx, notebook)
    assert [message.customer_id for message in notebook.sent] == [anna.id]
    assert notebook.sent[0].kind == "numbers-back"
    assert notebook.sent[0].data["action"] == f"open_offer {offer.id}"
    assert not await NumberWait.exists()
    assert await Delivery.all().count() == await Message.all().count() == 1


async def test_who_died_in_between_is_not_told_twice(ctx: Context, notebook: Notebook) -> None:
    program, offer = await club(0)
    await waiting(ctx, 1, offer)
    row = await NumberWait.get()
    await add_numbers(program, 1)
    await clock_round(ctx, notebook)
    await NumberWait.create(
        id=row.id,
        customer_id=row.customer_id,
        program_id=program.id,
        offer_id=offer.id,
        created_at=row.created_at,
    )
    await clock_round(ctx, notebook)
    assert len(notebook.sent) == 1


async def test_who_has_a_card_waits_no_more(ctx: Context, notebook: Notebook) -> None:
    program, offer = await club(0)
    anna, boris = await waiting(ctx, 1, offer), await waiting(ctx, 2, offer)
    await add_numbers(program, 3)
    card = (await issued(ctx, anna, [offer]))[0].card
    assert card is not None
    told = CardIssued(card.id, anna.id, program.id, program.account_id, None, "issued")
    theirs = replace(told, customer_id=boris.id, program_id=program.id + 1)
    assert await waiting_for_it([told, theirs]) == [told]
    assert await stop_waiting_for(ctx, [happened(told)]) == {}
    assert [wait.customer_id for wait in await NumberWait.all()] == [boris.id]
    await issued(ctx, boris, [offer])
    await clock_round(ctx, notebook)
    told_of_numbers = [message for message in notebook.sent if message.kind == "numbers-back"]
    assert (told_of_numbers, await NumberWait.all().count()) == ([], 0)
    with pytest.raises(Refusal, match="card_exists"):
        await wait_for_numbers(ctx, anna, offer.id)


async def test_numbers_that_are_gone_again_leave_everybody_waiting(
    ctx: Context, clock: StoppedClock, notebook: Notebook
) -> None:
    """Between the announcement and the message others took them: nobody is led on for nothing."""
    program, offer = await club(0)
    await waiting(ctx, 1, offer)
    await add_numbers(program, 1)
    assert [await announce_numbers(ctx), await announce_numbers(ctx)] == [1, 0]
    await PoolNumber.all().update(status=NumberStatus.ISSUED)
    await clock_round(ctx, notebook)
    assert (notebook.sent, (await NumberWait.get()).announced_at) == ([], None)
    await clock_round(ctx, notebook)
    assert await OutboxEvent.filter(kind="NumbersReturned").count() == 1, "nothing to announce"
    await add_numbers(program, 1)
    await clock_round(ctx, notebook)
    assert [message.kind for message in notebook.sent] == ["numbers-back"]


async def test_an_announcement_that_comes_late_waits_for_the_morning(
    ctx: Context, clock: StoppedClock, notebook: Notebook
) -> None:
    program, offer = await club(0)
    await waiting(ctx, 1, offer)
    await add_numbers(program, 1)
    assert await announce_numbers(ctx) == 1
    clock.advance(hours=12)
    await clock_round(ctx, notebook)
    assert notebook.sent == []
    clock.advance(hours=10)
    await clock_round(ctx, notebook)
    assert [message.kind for message in notebook.sent] == ["numbers-back"]


async def test_two_schedules_at_once_announce_once(ctx: Context, notebook: Notebook) -> None:
    program, offer = await club(0)
    for number in (1, 2, 3):
        await waiting(ctx, number, offer)
    await add_numbers(program, 1)
    announced = await asyncio.gather(*(announce_numbers(ctx) for _ in range(3)))
    assert sum(announced) == await OutboxEvent.filter(kind="NumbersReturned").count() == 3
