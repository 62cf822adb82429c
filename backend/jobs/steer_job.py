"""A file becomes a job; a job is cancelled."""

from backend.events.brands import JobEnded
from backend.jobs.limits import MOST_WAITING, WAITING
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import Change, note
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.job import Job, JobPiece, JobState
from models.refusal import Code, Refusal

# of all: the job in hand, found by its tenant's scope
_CANCEL = """
UPDATE jobs SET state = 'cancelled', ended_at = $2
WHERE id = $1 AND state IN ('queued', 'running') RETURNING done, bad
"""


async def start_job(ctx: Context, job: Job) -> Job:
    """Refuses with too_many_jobs (most)."""
    async with transaction():
        waiting = Job.filter(account_id=job.account_id, state__in=WAITING)
        if await waiting.count() >= MOST_WAITING:
            raise Refusal(Code.TOO_MANY_JOBS, most=MOST_WAITING)
        await Job.filter(id=job.id, state=JobState.RECEIVING).update(state=JobState.QUEUED)
        told = Change(after={"kind": job.kind.value, "lines": job.lines})
        await note(ctx, Verb.START_JOB, "job", job.id, account_id=job.account_id, change=told)
    job.state = JobState.QUEUED
    log_of(ctx, __name__).info("a job waits", job=job.id, kind=job.kind.value)
    return job


async def announce_end(ctx: Context, job: Job, state: JobState, done: int, bad: int) -> None:
    """Inside the transaction."""
    event = JobEnded(job.id, job.account_id, job.kind.value, state.value, done, bad)
    await announce(ctx.clock(), event)


async def job_of(scope: Scope, job_id: int) -> Job:
    """With its program and its brand. Refuses with job_not_found."""
    found = scope.jobs().filter(id=job_id).exclude(state=JobState.RECEIVING)
    job = await found.select_related("program", "brand").first()
    if job is None:
        raise Refusal(Code.JOB_NOT_FOUND)
    return job


async def cancel_job(ctx: Context, scope: Scope, job_id: int) -> Job:
    """What is done by now stays done. Again changes nothing. Refuses with job_not_found and with
    job_ended."""
    async with transaction():
        job = await job_of(scope, job_id)
        if cancelled := await rows(_CANCEL, [job.id, ctx.clock()]):
            # of all: of one job
            await JobPiece.filter(job_id=job.id).delete()
            await note(ctx, Verb.CANCEL_JOB, "job", job.id, account_id=job.account_id)
            counts = int(cancelled[0]["done"]), int(cancelled[0]["bad"])
            await announce_end(ctx, job, JobState.CANCELLED, *counts)
        job = await job_of(scope, job_id)
        if job.state is not JobState.CANCELLED:
            raise Refusal(Code.JOB_ENDED)
    return job
