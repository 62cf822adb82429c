"""«Лавка» assigns cards to many of its customers by a file: each gets one number, however often the
file comes."""

from datetime import timedelta

import pytest

from backend.cards.assign.assign_card import Order, assign_card
from backend.cards.assign.named import Named
from models.assignment import Assignment
from models.audit_entry import AuditEntry
from models.job import JobState
from models.offer import Offer, OfferStatus
from models.pool_number import PoolNumber
from models.program import Program, ProgramStatus
from tests.jobs.assigning import announced, numbers, pool, sent
from tests.jobs.conftest import House, wrong_lines
from tests.support.clock import StoppedClock
from tests.support.factory.assigning import claimed, proven


async def test_each_customer_gets_a_card(lavka: House) -> None:
    job = await sent(
        lavka,
        "crm-1;+79161234567;Anna@example.ru;;",
        "crm-2;;boris@example.ru;3;",
        "crm-3;+79160000003;;;OWN-7",
    )
    assert (job.state, job.done, job.bad) == (JobState.DONE, 3, 0)
    rows = await Assignment.all().order_by("id").select_related("customer")
    named = {Named.of(lavka.ctx, row): row for row in rows}
    anna = named[Named("crm-1", "+79161234567", "anna@example.ru")]
    boris = named[Named("crm-2", "", "boris@example.ru")]
    vera = named[Named("crm-3", "+79160000003")]
    assert anna.barcode_value < boris.barcode_value, "in the order of the file"
    assert anna.expires_at - lavka.ctx.clock() == timedelta(days=30)
    assert boris.expires_at - lavka.ctx.clock() == timedelta(days=3)
    assert vera.barcode_value == "OWN-7"
    assert await pool() == {"free": 3, "reserved": 3}
    assert sorted(await announced()) == sorted(row.id for row in rows)
    entry = await AuditEntry.get(verb="assign_card")
    told = (entry.subject_kind, entry.subject_id, entry.amount)
    assert told == ("program", lavka.program.id, 3)


async def test_the_same_file_again_is_the_same_cards(lavka: House) -> None:
    lines = ["crm-1;+79161234567;;;", "crm-2;+79160000002;;;OWN-7", "crm-1;+79161234567;;;"]
    assert (await sent(lavka, *lines)).done == 3
    before, told = await numbers(), await announced()
    assert len(before) == len(told) == 2
    job = await sent(lavka, *lines)
    assert (job.done, job.bad) == (3, 0)
    assert (await numbers(), await announced()) == (before, told)
    await assign_card(lavka.ctx, lavka.program, Order(Named("crm-1", "+79161234567")))
    assert await numbers() == before, "nor is it by a request"


async def test_what_is_wrong_with_a_line_stops_no_other(lavka: House) -> None:
    await PoolNumber.filter(id__lte=3).delete()
    await sent(lavka, "crm-1;+79161234567;;;")
    job = await sent(
        lavka,
        "crm-1;+79160000001;;;",
        "crm-2;89161234567;;;",
        "crm-3;;;;",
        "crm-4;+79160000004;;400000;",
        "crm-5;+79160000005;;;",
        "crm-6;+79160000006;;;",
        "crm-7;+79160000007;;;OWN-7",
        "crm-8;+79160000008;;;OWN-7",
        "crm-8;+79160000008;;;OWN-8",
        "crm-9;+79160000009;;;Щ",
    )
    assert (job.done, job.bad) == (3, 7)
    wrong = await wrong_lines(job)
    assert wrong.pop(5).startswith("days is ")
    assert wrong.pop(11).endswith("is no code128 number")
    assert wrong == {
        2: "the customer has a card assigned with another phone",
        3: "phone is no phone",
        4: "email is missing",
        7: "the pool has no free number",
        9: "the number is somebody's, or set aside",
    }
    assert sorted((await numbers()).values())[-2:] == ["OWN-7", "OWN-8"]
    assert not any("7916" in text for text in wrong.values()), "nothing of people"


@pytest.mark.parametrize("why", ["no offer", "paused"])
async def test_while_the_program_gives_no_cards(lavka: House, why: str) -> None:
    if why == "paused":
        await Program.all().update(status=ProgramStatus.PAUSED)
    else:
        await Offer.all().update(status=OfferStatus.PAUSED)
    job = await sent(lavka, "crm-1;+79161234567;;;", "crm-2;+79160000002;;;OWN-7")
    assert len(set((await wrong_lines(job)).values())) == 1
    assert (job.bad, await Assignment.all().count(), await pool()) == (2, 0, {"free": 5})
    await Program.all().update(status=ProgramStatus.ACTIVE)
    await Offer.all().update(status=OfferStatus.PUBLISHED)
    assert (await sent(lavka, "crm-1;+79161234567;;;")).done == 1


async def test_who_has_come_and_whose_time_is_over(lavka: House, clock: StoppedClock) -> None:
    """The card stays theirs; what is over makes room, before the schedule has come to it."""
    await sent(lavka, "crm-1;+79161234567;;;", "crm-2;+79160000002;;1;")
    anna = await proven(lavka.ctx, 1)
    first, second = await Assignment.all().order_by("id").select_related("customer")
    await claimed(lavka.ctx, anna, first)
    clock.advance(days=2)
    job = await sent(lavka, "crm-1;+79161234567;;;", "crm-2;+79160000002;;;")
    assert (job.done, job.bad) == (2, 0)
    rows = await Assignment.all().order_by("id")
    assert [row.state.value for row in rows] == ["claimed", "expired", "waiting"]
    assert rows[2].own_index == second.own_index
