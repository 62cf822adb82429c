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
from models.outbox import OutboxEvent
from tests.jobs.assigning import announced, pool, sent
from tests.jobs.conftest import House
from tests.support.database.counting import statements
from tests.support.factory.brands import add_numbers


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
