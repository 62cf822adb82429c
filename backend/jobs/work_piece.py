"""The worker: one piece of the job whose turn it is, in one transaction with the job's progress.

Whatever is killed has done a piece whole or not at all. Of two workers at the same piece the second
waits for the first and then finds that the job has moved on.
"""

from backend.jobs.kinds import KINDS
from backend.jobs.layout import numbered
from backend.jobs.limits import MOST_TRIES, WAITING
from backend.jobs.read_piece import Ahead, Batch
from backend.jobs.steer_job import announce_end
from backend.jobs.turn import next_job
from backend.platform.away import is_away
from backend.platform.context import Actor, ActorKind, Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import Change, note
from backend.platform.watch.use_case_log import log_of
from models.audit_entry import Verb
from models.job import Job, JobPiece, JobResult, JobState

# of all: the job in hand
_MOVE = """
UPDATE jobs SET position = position + 1, state = 'running', failures = 0, turn_at = $3,
    started_at = COALESCE(started_at, $3)
WHERE id = $1 AND position = $2 AND state IN ('queued', 'running') RETURNING id
"""
# of all: the job in hand
_COUNT = "UPDATE jobs SET read = read + $2, done = done + $3, bad = bad + $4 WHERE id = $1"
# of all: the job in hand
_END = """
UPDATE jobs SET state = $2, reason = $3, ended_at = $4, started_at = COALESCE(started_at, $4)
WHERE id = $1 AND state IN ('queued', 'running') RETURNING account_id, done, bad
"""
# of all: the job in hand
_FAILURE = """
UPDATE jobs SET failures = failures + 1, turn_at = $2 WHERE id = $1 AND position = $3
RETURNING failures
"""


async def work_piece(ctx: Context, ahead: Ahead | None = None) -> bool:
    """False when no job waits. What goes wrong is raised after it is written down. `ahead` reads
    the next piece meanwhile."""
    job = await next_job()
    if job is None:
        return False
    acting = ctx.acting(Actor(ActorKind(job.actor_kind), job.actor_id), job.door, job.request_id)
    try:
        await _work(acting, job, ahead)
    except Exception as error:
        if not is_away(error):
            await _failed(acting, job, error)
        raise
    return True


class PieceMissing(LookupError):
    """A part of the file is not there."""


async def _work(ctx: Context, job: Job, ahead: Ahead | None) -> None:
    batch = await (ahead or Ahead()).batch(ctx, job)
    if batch is None and job.position < job.pieces:
        await _check_moved(job)
        return
    if ahead is not None:
        ahead.begin(ctx, job, job.position + 1)
    async with transaction():
        if batch is None:
            await _end(ctx, job, JobState.DONE)
        elif await rows(_MOVE, [job.id, job.position, ctx.clock()]):
            await _write(ctx, job, batch)


async def _check_moved(job: Job) -> None:
    """Another worker may have done the piece. Raises PieceMissing."""
    # of all: of one job
    here = Job.filter(id=job.id, position=job.position, state__in=WAITING)
    if await here.exists():
        raise PieceMissing(f"piece {job.position} of job {job.id}")


async def _write(ctx: Context, job: Job, batch: Batch) -> None:
    late = await KINDS[job.kind].write(ctx, job, batch.given)
    bad = [*batch.bad, *late]
    if bad:
        await JobResult.create(job_id=job.id, number=job.position, lines=numbered(iter(bad)))
    await rows(_COUNT, [job.id, batch.lines, batch.done - len(late), len(bad)])
    # of all: of one job
    await JobPiece.filter(job_id=job.id, number=job.position).delete()
    if job.position + 1 >= job.pieces:
        await _end(ctx, job, JobState.DONE)


async def _end(ctx: Context, job: Job, state: JobState, reason: str = "") -> None:
    """Inside a transaction."""
    ended = await rows(_END, [job.id, state.value, reason, ctx.clock()])
    if not ended:
        return
    # With the last piece, too.
    job.done, job.bad = int(ended[0]["done"]), int(ended[0]["bad"])
    await KINDS[job.kind].ended(ctx, job)
    # of all: of one job
    await JobPiece.filter(job_id=job.id).delete()
    told, whose = Change(after={"state": state.value}), ended[0]["account_id"]
    await note(ctx, Verb.FINISH_JOB, "job", job.id, job.done, account_id=whose, change=told)
    await announce_end(ctx, job, state, job.done, job.bad)
    log_of(ctx, __name__).info("a job has ended", job=job.id, state=state.value)


async def _failed(ctx: Context, job: Job, error: Exception) -> None:
    async with transaction():
        tried = await rows(_FAILURE, [job.id, ctx.clock(), job.position])
        if tried and int(tried[0]["failures"]) >= MOST_TRIES:
            reason = f"a mistake of ours ({type(error).__name__}); the operator's log has it"
            await _end(ctx, job, JobState.FAILED, reason)
