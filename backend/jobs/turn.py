"""Whose turn it is: of the accounts with a job the one that was served longest ago."""

from backend.platform.database import rows
from models.job import Job

# of all: the worker serves every account
_NEXT = """
SELECT j.id FROM jobs j WHERE j.state IN ('queued', 'running')
ORDER BY (SELECT max(o.turn_at) FROM jobs o WHERE o.account_id = j.account_id) NULLS FIRST, j.id
LIMIT 1
"""


async def next_job() -> Job | None:
    """With its program and its brand; of one account's the oldest."""
    found = await rows(_NEXT)
    if not found:
        return None
    # of all: of one job
    job = Job.filter(id__in=[row["id"] for row in found])
    return await job.select_related("program", "brand").first()
