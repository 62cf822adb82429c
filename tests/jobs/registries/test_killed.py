"""kill -9 of whoever exchanges, again and again: each file has effect once and is answered."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from backend.jobs.registries.take_files import drop_broken_off
from backend.reading.reader import Reader
from models.job import Job, JobPiece, JobState
from models.pool_number import PoolNumber
from models.registry_file import Direction, FileState, RegistryFile
from tests.jobs.process_killed import known_context
from tests.jobs.registries.conftest import Trade, make_trade, unzipped, zipped
from tests.support.machine.processes import start_python

LINES = 40
# Of a run that is not killed: files go out, are looked at, taken, worked through and answered.
FIRST_STEPS, LAST_STEP = 400, 2_500


@pytest.fixture
async def known(database: str, tmp_path: Path) -> AsyncIterator[Trade]:
    """With keys that every process knows."""
    async with Reader() as reader:
        trade = await make_trade(
            known_context(), reader, tmp_path / "registries", gives=["issued", "clients"]
        )
        yield trade
        await trade.connections.close()


@pytest.mark.slow
@pytest.mark.sample("sqlite-5")
@pytest.mark.parametrize("kills", [5, pytest.param(60, marks=pytest.mark.timeout(1800))])
async def test_killed_at_any_step(known: Trade, database: str, tmp_path: Path, kills: int) -> None:
    random = Random(20261121)
    for kill in range(kills):
        for file in (2 * kill, 2 * kill + 1):
            text = "".join(f"{number}\n" for number in ("card_number", *numbers_of(file), "Щ"))
            known.puts(f"Lavka_reserved_{20260101 + file}.csv.zip", zipped(text))
        step = random.randint(1, LAST_STEP if kill % 4 else FIRST_STEPS)
        await killed_at(step, database, tmp_path / "registries")
    await drop_broken_off(known.ctx)
    # An account has twenty jobs at a time.
    for _ in range(4 + kills // 5):
        await known.turns()
    every = range(2 * kills)
    pool = [row.printed_number for row in await PoolNumber.all()]
    assert sorted(pool) == sorted(number for file in every for number in numbers_of(file))
    files = await RegistryFile.filter(direction=Direction.IN)
    assert {row.state for row in files} == {FileState.ANSWERED}
    assert len({row.name for row in files}) == len(files) == len(every)
    jobs = await Job.all()
    assert sorted(job.id for job in jobs) == sorted(row.job_id or 0 for row in files)
    assert {job.state for job in jobs} == {JobState.DONE}
    assert not await JobPiece.all().count()
    answers = known.told("reject")
    assert len(answers) == len(every)
    assert {content.count(b"\r\n") for content in answers.values()} == {2}
    written = known.told("out")
    rows = await RegistryFile.filter(direction=Direction.OUT)
    assert {row.name for row in rows if row.state is FileState.WRITTEN} == set(written)
    assert all(unzipped(content) for content in written.values()), "none is half"


def numbers_of(file: int) -> list[str]:
    return [f"F{file}-{n}" for n in range(LINES)]


async def killed_at(step: int, url: str, folders: Path) -> None:
    worker = await start_python(
        "tests.jobs.registries.process_exchanging", url, str(folders), str(step)
    )
    try:
        async with asyncio.timeout(60):
            _, said = await worker.communicate()
    except BaseException:
        worker.kill()
        await worker.wait()
        raise
    assert worker.returncode == -signal.SIGKILL, said.decode()[-2000:]
