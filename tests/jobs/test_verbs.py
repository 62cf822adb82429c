"""The operator watches and cancels jobs at the command line."""

from argparse import Namespace

import pytest

from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.brands import jobs
from models.job import JobKind
from models.refusal import Refusal
from tests.jobs.conftest import House


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["jobs", *words])


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Without the log, which a process writes elsewhere."""
    return [line for line in capsys.readouterr().out.splitlines() if "[info" not in line]


async def test_listed_shown_cancelled(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    done = await house.worked(JobKind.NUMBERS, "printed_number\nA1\nЩ\n")
    waiting = await house.sends(JobKind.STORES, "key,city,address,lat,lon\n")
    printed(capsys)
    await jobs.list_jobs(typed("list"), house.ctx)
    assert printed(capsys) == [
        f"{waiting.id}  stores  queued    lavka  0 lines, 0 read, 0 done, 0 bad",
        f"{done.id}  numbers done      lavka-card  2 lines, 2 read, 1 done, 1 bad",
    ]
    await jobs.show_job(typed("show", str(done.id)), house.ctx)
    assert printed(capsys)[1].startswith("3: 'Щ' is no code128 number; expected ")
    await jobs.cancel(typed("cancel", str(waiting.id)), house.ctx)
    assert "cancelled" in printed(capsys)[-1]
    with pytest.raises(Refusal):
        await jobs.cancel(typed("cancel", str(done.id)), house.ctx)
    with pytest.raises(CannotRun, match="no account has the key nobody"):
        await jobs.list_jobs(typed("list", "nobody"), house.ctx)


async def test_a_table_without_lines_is_done_at_once(house: House) -> None:
    job = await house.worked(JobKind.NUMBERS, "printed_number\n")
    assert (job.state.value, job.lines, job.done) == ("done", 0, 0)
