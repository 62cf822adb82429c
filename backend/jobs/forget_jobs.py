"""Jobs that ended long ago go with their results, and files that never became jobs."""

from datetime import datetime

from tortoise.expressions import Q

from backend.platform.database import transaction
from models.job import Job, JobPiece, JobResult, JobState

_BATCH = 20


async def forget_jobs(ended_before: datetime, arrived_before: datetime) -> int:
    """One batch; how many went."""
    stranded = Q(state=JobState.RECEIVING, created_at__lt=arrived_before)
    # of all: nobody's are kept for longer
    old = Job.filter(Q(ended_at__lt=ended_before) | stranded)
    ids = [int(str(each)) for each in await old.limit(_BATCH).values_list("id", flat=True)]
    if ids:
        async with transaction():
            # of all: the batch in hand
            await JobPiece.filter(job_id__in=ids).delete()
            await JobResult.filter(job_id__in=ids).delete()
            # of all: the batch in hand
            await Job.filter(id__in=ids).delete()
    return len(ids)
