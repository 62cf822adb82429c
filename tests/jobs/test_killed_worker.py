"""kill -9 of a worker, between any two instructions: another one goes on, and nothing is done
twice or left out."""

import asyncio
import signal

import pytest

from backend.jobs import numbers
from models.job import Job, JobKind, JobPiece, JobResult, JobState
from models.pool_number import PoolNumber
from tests.jobs.conftest import all_done, make_house, wrong_lines
from tests.jobs.process_killed import known_context
from tests.support.machine.processes import start_python

LINES = 3000


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
        worker = await start_python("tests.jobs.process_killed", database)
        async with asyncio.timeout(60):
            for _ in range(pieces):
                await worker.stdout.readline()
        worker.kill()
        await worker.communicate()
        assert worker.returncode == -signal.SIGKILL
        half = await Job.get(id=job.id)
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
