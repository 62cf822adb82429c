"""What was wrong in a partner's file is told in a file for them: line, field, what is expected."""

from collections.abc import AsyncIterator
from io import StringIO

from backend.jobs.layout import Bad
from backend.jobs.read_result import read_result
from backend.jobs.registries.fields import parted
from backend.jobs.registries.work import Work
from backend.partners.registries.wire.errors import AlreadyThere
from backend.partners.registries.wire.place import Place
from backend.partners.registries.wire.writing import REJECTED, csv_writer
from backend.platform.context import Context
from models.job import Job, JobState
from models.registry_file import Direction, FileState, RegistryFile

MOST_LINES = 100_000
_OVER = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


async def tell_wrong_lines(ctx: Context, work: Work, place: Place) -> int:
    """How many files were answered. A killed turn is made again: the same file of the same name is
    there by then, and stays. Raises PlaceError."""
    waiting = RegistryFile.filter(
        program_id__in=work.program_ids or [0],
        direction=Direction.IN,
        state__in=[FileState.TAKEN, FileState.REFUSED],
    )
    answered = 0
    for file in await waiting.order_by("id").limit(100):
        job = await _job(work, file)
        if job is not None and job.state not in _OVER:
            continue
        if (content := await _told(file, job)) is not None:
            await _write(work, place, file, content)
        file.state, file.ended_at = FileState.ANSWERED, ctx.clock()
        file.lines = job.done if job is not None else 0
        await file.save(update_fields=["state", "ended_at", "lines"])
        answered += 1
    return answered


async def _job(work: Work, file: RegistryFile) -> Job | None:
    """None for a file that was refused, and when everything of the job was forgotten."""
    if file.job_id is None:
        return None
    accounts = {program.account_id for program in work.programs.values()}
    return await Job.get_or_none(id=file.job_id, account_id__in=sorted(accounts))


async def _told(file: RegistryFile, job: Job | None) -> bytes | None:
    """None when nothing was wrong."""
    text = StringIO()
    writer, lines = csv_writer(text), 0
    writer.writerow(REJECTED)
    async for bad in _bad(file, job):
        lines += 1
        if lines > MOST_LINES:
            writer.writerow(["", "", "more lines are wrong", f"the first {MOST_LINES} stand here"])
            break
        writer.writerow([str(bad.line), *parted(bad), bad.expected])
    return text.getvalue().encode() if lines else None


async def _bad(file: RegistryFile, job: Job | None) -> AsyncIterator[Bad]:
    for line, what, expected in file.problems:
        yield Bad(line, what, expected)
    if job is None:
        return
    async for some in read_result(job):
        for bad in some:
            yield bad
    if job.state is not JobState.DONE:
        why = job.reason or f"it was {job.state.value}"
        yield Bad(0, f"the file was not worked through to its end: {why}", "the file once more")


async def _write(work: Work, place: Place, file: RegistryFile, content: bytes) -> None:
    stem = file.name.removesuffix(".zip").removesuffix(".csv")
    try:
        await place.write(work.settings.reject, f"{stem}.{file.digest[:8]}.rejected.csv", content)
    except AlreadyThere:
        return
