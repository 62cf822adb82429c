"""Jobs take turns, go on where they were, are cancelled between two pieces, and fail alone."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from backend.jobs import numbers
from backend.jobs.forget_jobs import forget_jobs
from backend.jobs.kinds import KINDS
from backend.jobs.limits import MOST_AT_ONCE, MOST_TRIES, MOST_WAITING
from backend.jobs.receive import JobOrder, receive
from backend.jobs.steer_job import cancel_job
from backend.jobs.work_piece import PieceMissing, work_piece
from backend.platform.context import Context
from backend.worker.jobs import Hands
from catalog.tenant import Scope
from models.job import Job, JobForm, JobKind, JobPiece, JobResult, JobState
from models.pool_number import PoolNumber
from models.refusal import Code, Refusal
from tests.jobs.conftest import House, all_done, make_house
from tests.support.clock import StoppedClock

HEAD = "printed_number\n"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some ten numbers each."""
    monkeypatch.setattr(numbers.Numbers, "piece", 100)


def many(start: str, number: int = 50) -> str:
    return HEAD + "".join(f"{start}-{n:05}\n" for n in range(number))


async def test_a_long_job_holds_up_nobody_else(
    house: House, ctx: Context, clock: StoppedClock
) -> None:
    long = await house.sends(JobKind.NUMBERS, many("LONG", 200))
    await work_piece(ctx)
    other = await make_house(ctx, "vasilek")
    short = await other.sends(JobKind.NUMBERS, many("SHORT", 20))
    turns = 0
    while (await Job.get(id=short.id)).state is not JobState.DONE:
        clock.advance(seconds=1)
        assert await work_piece(ctx)
        turns += 1
    assert turns <= 2 * short.pieces + 1
    assert (await Job.get(id=long.id)).state is JobState.RUNNING


async def test_a_stopped_job_goes_on_where_it_was(house: House, ctx: Context) -> None:
    job = await house.sends(JobKind.NUMBERS, many("A"))
    await work_piece(ctx)
    await work_piece(ctx)
    half = await Job.get(id=job.id)
    assert (half.state, half.position) == (JobState.RUNNING, 2)
    assert await JobPiece.filter(job_id=job.id).count() == job.pieces - 2
    await all_done(ctx)
    assert (await Job.get(id=job.id)).done == await PoolNumber.all().count() == 50


async def test_two_workers_at_the_same_piece_do_it_once(house: House, ctx: Context) -> None:
    job = await house.sends(JobKind.NUMBERS, many("A") + "Щ\n")
    while any(await asyncio.gather(*(work_piece(ctx) for _ in range(4)))):
        pass
    job = await Job.get(id=job.id)
    assert (job.state, job.read, job.done, job.bad) == (JobState.DONE, 51, 50, 1)
    assert await JobResult.filter(job_id=job.id).count() == 1


async def test_the_worker_reads_ahead_and_leaves_nothing_out(house: House, ctx: Context) -> None:
    first = await house.sends(JobKind.NUMBERS, many("A"))
    other = await make_house(ctx, "vasilek")
    second = await other.sends(JobKind.NUMBERS, many("B") + "Щ\n")
    hands = Hands(ctx)
    while await hands.piece():
        pass
    await hands.end()
    counted = [(job.read, job.done, job.bad) for job in await Job.all().order_by("id")]
    assert counted == [(50, 50, 0), (51, 50, 1)], (first.id, second.id)
    assert await PoolNumber.all().count() == 100


async def test_a_part_of_the_file_that_is_gone_is_no_end(house: House, ctx: Context) -> None:
    job = await house.sends(JobKind.NUMBERS, many("A"))
    await JobPiece.filter(job_id=job.id, number=1).delete()
    for _ in range(MOST_TRIES):
        with pytest.raises(PieceMissing):
            await all_done(ctx)
    assert (await Job.get(id=job.id)).state is JobState.FAILED


async def test_a_job_is_cancelled_between_two_pieces(house: House, ctx: Context) -> None:
    job, scope = await house.sends(JobKind.NUMBERS, many("A")), Scope.of([house.account.id])
    await work_piece(ctx)
    first = await PoolNumber.all().count()
    cancelled = await cancel_job(house.ctx, scope, job.id)
    assert cancelled.state is JobState.CANCELLED
    assert cancelled.ended_at is not None
    assert (await cancel_job(house.ctx, scope, job.id)).ended_at == cancelled.ended_at
    assert not await work_piece(ctx)
    assert await PoolNumber.all().count() == first > 0
    assert not await JobPiece.all().count()


async def test_what_has_ended_is_not_cancelled(house: House, ctx: Context) -> None:
    job, scope = await house.worked(JobKind.NUMBERS, many("A")), Scope.of([house.account.id])
    with pytest.raises(Refusal) as refused:
        await cancel_job(house.ctx, scope, job.id)
    assert refused.value.code is Code.JOB_ENDED
    vasilek = await make_house(ctx, "vasilek")
    with pytest.raises(Refusal) as refused:
        await cancel_job(vasilek.ctx, Scope.of([vasilek.account.id]), job.id)
    assert refused.value.code is Code.JOB_NOT_FOUND


async def test_what_cannot_be_done_fails_and_lets_others_pass(
    house: House, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = await house.sends(JobKind.NUMBERS, many("A"))
    good = await house.sends(JobKind.NUMBERS, many("B"))
    await JobPiece.filter(job_id=broken.id, number=1).update(sealed=b"of another key")
    for _ in range(MOST_TRIES + 1):
        try:
            await all_done(ctx)
        except Exception:  # noqa: BLE001  what is raised is the loop's to log
            continue
    broken, good = await Job.get(id=broken.id), await Job.get(id=good.id)
    assert (broken.state, broken.position) == (JobState.FAILED, 1)
    assert broken.reason
    assert good.state is JobState.DONE
    assert not await JobPiece.all().count()


async def test_so_many_and_no_more(house: House) -> None:
    for _ in range(MOST_WAITING):
        await house.sends(JobKind.NUMBERS, many("A", 1))
    with pytest.raises(Refusal) as refused:
        await house.sends(JobKind.NUMBERS, many("A", 1))
    assert (refused.value.code, refused.value.details) == (
        Code.TOO_MANY_JOBS,
        {"most": MOST_WAITING},
    )
    assert not await Job.filter(state=JobState.RECEIVING).exists()
    await Job.all().update(state=JobState.CANCELLED)
    await _begun(house, MOST_AT_ONCE)
    with pytest.raises(Refusal) as refused:
        await house.sends(JobKind.NUMBERS, many("A", 1))
    assert refused.value.details == {"most": MOST_AT_ONCE}


async def test_files_whose_process_was_killed_are_in_nobodys_way(
    house: House, clock: StoppedClock
) -> None:
    """Killed so often while it took the file in. One that comes slowly is not taken for dead."""
    await _begun(house, MOST_AT_ONCE - 1)
    order = JobOrder(house.account.id, JobKind.NUMBERS, JobForm.CSV, program=house.program)

    async def slowly() -> AsyncIterator[bytes]:
        yield b"printed_number\n"
        for number in range(10):
            yield f"S{number}\n".encode()
            clock.advance(seconds=20)
        assert await house.sends(JobKind.NUMBERS, many("A", 1))
        await _begun(house, MOST_AT_ONCE - 1)
        with pytest.raises(Refusal):
            await house.sends(JobKind.NUMBERS, many("B", 1))

    took = await receive(house.ctx, order, KINDS[JobKind.NUMBERS], slowly())
    assert (took.lines, took.created_at) == (10, clock())


async def _begun(house: House, times: int) -> None:
    for _ in range(times):
        await Job.create(
            account=house.account, kind=JobKind.NUMBERS, form=JobForm.CSV, actor_kind="operator",
            state=JobState.RECEIVING, door="cli", created_at=house.ctx.clock(),
        )  # fmt: skip


async def test_what_is_old_goes(house: House, clock: StoppedClock) -> None:
    """Ended jobs with their results; files that came half-way."""
    ended = await house.worked(JobKind.NUMBERS, many("A", 1) + "Щ\n")
    waiting = await house.sends(JobKind.NUMBERS, many("B", 1))
    order = JobOrder(house.account.id, JobKind.NUMBERS, JobForm.CSV, program=house.program)
    half = await Job.create(
        account_id=order.account_id, kind=order.kind, form=order.form, actor_kind="operator",
        state=JobState.RECEIVING, door="cli", created_at=clock(),
    )  # fmt: skip
    await JobPiece.create(job=half, number=0, first_line=2, sealed=b"x")
    assert await forget_jobs(clock(), clock()) == 0
    clock.advance(days=1)
    assert await forget_jobs(clock(), clock()) == 2
    assert [job.id for job in await Job.all()] == [waiting.id]
    assert not await JobResult.filter(job_id=ended.id).exists()
