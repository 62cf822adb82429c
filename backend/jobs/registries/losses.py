"""Numbers of a file that the database may have had before it went back in time: some may have been
given to somebody, and nobody knows which."""

from collections.abc import Collection
from datetime import UTC, datetime

from backend.platform.context import Context
from models.job import Job
from models.pool_number import NumberStatus, PoolNumber
from models.registry_file import RegistryFile
from models.restoration import Restoration


async def set_aside_if_lost(ctx: Context, job: Job, newer: int, printed: Collection[str]) -> None:
    """Inside the transaction in which they came: those of them above the id `newer`."""
    assert job.program_id is not None
    loss = await _loss_of(job)
    if loss is not None:
        came = PoolNumber.filter(
            program_id=job.program_id,
            id__gt=newer,
            status=NumberStatus.FREE,
            printed_number__in=list(printed),
        )
        await came.update(
            status=NumberStatus.QUARANTINED, reason=f"restored:{loss.id}", changed_at=ctx.clock()
        )


async def newest_number(program_id: int) -> int:
    last = await PoolNumber.filter(program_id=program_id).order_by("-id").first()
    return last.id if last is not None else 0


async def _loss_of(job: Job) -> Restoration | None:
    """The restored backup after which the job's file was taken and before which it was there."""
    file = await RegistryFile.get_or_none(program_id=job.program_id, job_id=job.id)
    if file is None:
        return None
    there = datetime.fromtimestamp(file.changed, UTC)
    found = Restoration.filter(noticed_at__gt=there, noticed_at__lte=file.at)
    return await found.order_by("-id").first()
