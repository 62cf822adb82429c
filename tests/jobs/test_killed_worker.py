"""kill -9 of a worker, between any two instructions: another one goes on, and nothing is done
twice or left out."""

import asyncio
import signal

import pytest

from backend.jobs import assignments, numbers
from models.assignment import Assignment
from models.job import Job, JobKind, JobPiece, JobResult, JobState
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from tests.jobs.conftest import all_done, make_house, wrong_lines
from tests.jobs.process_killed import known_context
from tests.support.factory.brands import add_numbers, another_offer
from tests.support.machine.processes import start_python

LINES = 3000


async def killed_after(database: str, pieces: int, job: Job) -> Job:
    """The job as a worker leaves it that is killed after so many pieces."""
    worker = await start_python("tests.jobs.process_killed", database)
    async with asyncio.timeout(60):
        for _ in range(pieces):
            await worker.stdout.readline()
    worker.kill()
    await worker.communicate()
    assert worker.returncode == -signal.SIGKILL
    return await Job.get(id=job.id)


@pytest.mark.slow
async def test_a_killed_worker_leaves_no_line_out(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers.Numbers, "piece", 200)
    ctx = known_context()
    house = await make_house(ctx)
    lines = [f"A-{n:06}" if n % 7 else f"Щ-{n}" for n in range(LINES)]
    job = await house.sends(JobKind.NUMBERS, "printed_number\n" + "\n".join(lines))
    for pieces in (1, 5, 20):
        half = await killed_after(database, pieces, job)
        assert half.done == await PoolNumber.all().count()
        assert half.bad == len(await wrong_lines(half))
        assert half.state is JobState.RUNNING
    await all_done(ctx)
    job, good = await Job.get(id=job.id), [each for each in lines if each.startswith("A")]
    assert (job.state, job.read, job.done) == (JobState.DONE, LINES, len(good))
    assert await PoolNumber.all().count() == len(good)
    told = await JobResult.filter(job_id=job.id)
    assert sum(len(row.lines) for row in told) == job.bad == LINES - len(good)
    assert not await JobPiece.all().count()


@pytest.mark.slow
async def test_a_killed_worker_gives_nobody_two_numbers(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the customers stand in the file twice."""
    monkeypatch.setattr(assignments.Assignments, "piece", 200)
    ctx = known_context()
    house = await make_house(ctx)
    await another_offer(house.brand, "gift")
    await add_numbers(house.program, 500)
    lines = [f"crm-{n % 400},+7916{n % 400:07}" for n in range(600)]
    job = await house.sends(JobKind.ASSIGNMENTS, "own_id,phone\n" + "\n".join(lines))
    for pieces in (1, 5, 20):
        half = await killed_after(database, pieces, job)
        made = await Assignment.all().count()
        assert (half.state, half.done, half.bad) == (JobState.RUNNING, half.read, 0)
        assert made == min(half.read, 400)
    await all_done(ctx)
    job = await Job.get(id=job.id)
    assert (job.state, job.done) == (JobState.DONE, 600)
    carried = {row.barcode_value for row in await Assignment.all()}
    reserved = {row.barcode_value for row in await PoolNumber.filter(status="reserved")}
    assert carried == reserved
    assert len(carried) == await OutboxEvent.filter(kind="CardAssigned").count() == 400
