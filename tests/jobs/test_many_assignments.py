"""Files of assignments that are long, stopped, or meet somebody else at the same numbers."""

import asyncio

import pytest

from backend.cards.assign.assign_card import Order, assign_card
from backend.cards.assign.named import Named
from backend.jobs.assignments import Assignments
from backend.jobs.steer_job import cancel_job
from backend.jobs.work_piece import work_piece
from backend.platform.context import Context
from catalog.tenant import Scope
from models.assignment import Assignment
from models.job import JobForm, JobKind, JobState
from models.offer import Offer
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from tests.jobs.assigning import announced, pool, sent
from tests.jobs.conftest import House, wrong_lines
from tests.support.database.counting import statements
from tests.support.factory.brands import add_numbers
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone


async def test_objects_on_lines_and_a_job_that_is_cancelled(
    lavka: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assignments, "piece", 60)
    text = "\n".join(f'{{"own_id": "crm-{n}", "phone": "+791600000{n:02}"}}' for n in range(4))
    job = await lavka.sends(JobKind.ASSIGNMENTS, text, JobForm.LINES)
    assert await work_piece(lavka.ctx)
    await cancel_job(lavka.ctx, Scope.of([lavka.account.id]), job.id)
    assert not await work_piece(lavka.ctx)
    await job.refresh_from_db()
    assert (job.state, job.done) == (JobState.CANCELLED, await Assignment.all().count())
    assert 0 < job.done < 4
    assert await pool() == {"free": 5 - job.done, "reserved": job.done}


async def test_of_a_hundred_customers_it_asks_no_more_than_of_ten(lavka: House) -> None:
    await add_numbers(lavka.program, 200)
    asked = list[int]()
    for first, many in ((0, 10), (10, 100)):
        lines = [f"crm-{n};+7916{n:07};;;" for n in range(first, first + many)]
        async with statements() as told:
            assert (await sent(lavka, *lines)).done == many
        asked.append(len(told))
    assert asked[1] <= asked[0] + 2, asked


async def test_pools_that_run_low_are_told_of_once(lavka: House, ctx: Context) -> None:
    await add_numbers(lavka.program, 100)
    lines = [f"crm-{n};+7916{n:07};;;" for n in range(105)]
    await sent(lavka, *lines)
    kinds = [row.kind for row in await OutboxEvent.filter(kind__startswith="PoolRan")]
    assert kinds == ["PoolRanEmpty"]


async def test_a_request_for_the_same_customers_meanwhile(lavka: House) -> None:
    """Whoever is quicker, each has one card."""
    await add_numbers(lavka.program, 40)
    lines = [f"crm-{n};+7916{n:07};;;" for n in range(20)]
    orders = [Order(Named(f"crm-{n}", f"+7916{n:07}")) for n in range(20)]
    asked = (assign_card(lavka.ctx, lavka.program, order) for order in reversed(orders))
    job, rows = await asyncio.gather(sent(lavka, *lines), asyncio.gather(*asked))
    assert (job.done, job.bad) == (20, 0)
    assert len({row.id for row in rows}) == await Assignment.all().count() == 20
    assert (await pool())["reserved"] == len(await announced()) == 20


async def test_numbers_of_their_own_that_stand_in_the_way_of_each_other(lavka: House) -> None:
    """On somebody's card, in the pool, given to another customer of the same file or read alike."""
    free = await PoolNumber.filter(status="free").first()
    assert free is not None
    (outcome,) = await issued(lavka.ctx, await someone(lavka.ctx, 5), [await Offer.get()])
    assert outcome.card is not None
    carried = await PoolNumber.exclude(barcode_value=outcome.card.barcode_value).last()
    assert carried is not None
    job = await lavka.worked(
        JobKind.ASSIGNMENTS,
        "own_id;phone;printed_number;barcode_value\n"
        f"crm-1;+79160000001;{outcome.card.printed_number};\n"
        f"crm-2;+79160000002;{carried.printed_number};\n"
        "crm-3;+79160000003;N 1;N1\n"
        "crm-4;+79160000004;N 1;N1\n"
        "crm-5;+79160000005;N 1;N2\n"
        "crm-6;+79160000006;N 6;N6\n",
    )
    taken = "the number is somebody's, or set aside"
    assert await wrong_lines(job) == {5: taken, 6: taken}
    rows = await Assignment.all().order_by("own_index")
    sources = sorted((row.barcode_value, row.number_from.value) for row in rows)
    assert sources == sorted([
        (outcome.card.barcode_value, "issued"), (carried.barcode_value, "pool"),
        ("N1", "given"), ("N6", "given"),
    ])  # fmt: skip
    assert await PoolNumber.filter(barcode_value="N2").count() == 0, "nothing is left of it"
    assert len(await announced()) == 4


async def test_own_numbers_cost_no_statement_each(lavka: House) -> None:
    asked = list[int]()
    for first, many in ((0, 10), (10, 100)):
        lines = [f"crm-{n};+7916{n:07};;;OWN-{n}" for n in range(first, first + many)]
        async with statements() as told:
            assert (await sent(lavka, *lines)).done == many
        asked.append(len(told))
    assert asked[1] <= asked[0] + 2, asked
