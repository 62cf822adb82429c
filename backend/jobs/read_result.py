"""Jobs, and what was wrong in their files."""

from collections.abc import AsyncIterator

from backend.jobs.layout import Bad
from catalog.tenant import Scope
from models.job import Job, JobResult, JobState


async def read_result(job: Job) -> AsyncIterator[list[Bad]]:
    """In the order of the file, a piece of it at a time."""
    last = -1
    while True:
        # of all: of one job
        found = JobResult.filter(job_id=job.id, number__gt=last).order_by("number")
        row = await found.first()
        if row is None:
            return
        last = row.number
        yield [Bad(*each) for each in row.lines]


async def newest_jobs(scope: Scope, limit: int) -> list[Job]:
    """The newest first, with their programs and brands."""
    found = scope.jobs().exclude(state=JobState.RECEIVING).order_by("-id").limit(limit)
    return await found.select_related("program", "brand")
