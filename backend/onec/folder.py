"""A folder that 1С and Karman share: in/ what 1С writes, out/ what it reads, done/ what was read.

1С writes a file under a name that begins with a dot and renames it, as does Karman. Files go in the
order of their names; the jobs of an account are worked through in that order, so that no older
balance comes after a newer one. A file leaves in/ when its job has ended. Killed anywhere, the next
turn finds by the file's name and content what has been done.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

from backend.jobs.steer_job import job_of
from backend.onec.mistakes import NAMES, mistakes_of
from backend.onec.take_file import Coming, take_file
from backend.onec.tidy_folder import tidy_folder
from backend.onec.write_out import write_out
from backend.partners.onec.wire.table import table
from backend.platform.context import Context
from backend.platform.secrets.private_file import write_private
from backend.platform.watch.use_case_log import log_of
from catalog.tenant import Scope
from models.job import Job, JobForm, JobKind, JobState
from models.program import Program
from models.refusal import Code, Refusal

# Files that are looked at in one turn.
MOST = 50
_CHUNK = 256 * 1024
_LONGEST_NAME = 150
_ENDED = {JobState.DONE, JobState.FAILED, JobState.CANCELLED}
_FORMS = {".csv": JobForm.CSV, ".txt": JobForm.CSV, ".json": JobForm.LINES}
_KINDS = (JobKind.CARDS, JobKind.SALES)
_EXPECTED = "a name such as cards-2026-11-27.csv or sales-0001.json"


async def exchange_folder(ctx: Context, program: Program, folder: Path) -> bool:
    """One turn; whether something was done."""
    names = await asyncio.to_thread(_waiting, folder)
    await tidy_folder(ctx, program, folder)
    done = False
    for name in names:
        done = await _take(ctx, program, folder, name) or done
    return await write_out(ctx, program, folder / "out") or done


def _waiting(folder: Path) -> list[str]:
    for part in ("in", "out", "done"):
        (folder / part).mkdir(mode=0o770, parents=True, exist_ok=True)
    with os.scandir(folder / "in") as found:
        names = [
            each.name
            for each in found
            if each.is_file(follow_symlinks=False) and not each.name.startswith((".", "~"))
            if not each.name.endswith((".tmp", ".part"))
        ]
    return sorted(names)[:MOST]


async def _take(ctx: Context, program: Program, folder: Path, name: str) -> bool:
    """Whether the file has left in/."""
    try:
        coming = _coming(name)
        job_id = await take_file(ctx, program, coming, _chunks(folder / "in" / name))
        job = await job_of(Scope.of([program.account_id]), job_id)
    except FileNotFoundError:
        return False
    except Refusal as refused:
        return await _refused(ctx, folder, name, refused)
    if job.state not in _ENDED:
        return False
    await _tell(folder, name, job)
    await asyncio.to_thread(_move, folder, name)
    return True


def _coming(name: str) -> Coming:
    """Refuses with job_file_unfit a name that says nothing of what is in the file."""
    kind = next((each for each in _KINDS if name.lower().startswith(each.value)), None)
    form = _FORMS.get(Path(name).suffix.lower())
    if kind is None or form is None or len(name) > _LONGEST_NAME:
        raise Refusal(Code.JOB_FILE_UNFIT, what="has another name", expected=_EXPECTED)
    return Coming(kind, name, form)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as source:
        while chunk := await asyncio.to_thread(source.read, _CHUNK):
            yield chunk


async def _refused(ctx: Context, folder: Path, name: str, refused: Refusal) -> bool:
    """What cannot be read is told like a wrong line, and leaves; what must wait stays."""
    if refused.code is Code.JOB_NOT_FOUND:
        # Its job ended so long ago that it is forgotten.
        await asyncio.to_thread(_move, folder, name)
        return True
    if refused.code is not Code.JOB_FILE_UNFIT:
        log_of(ctx, __name__).info("a file of an exchange waits", why=refused.code.value)
        return False
    told = [["1", "", str(refused.details["what"]), str(refused.details["expected"])]]
    await asyncio.to_thread(_put, folder / "out" / _bad(name), table(NAMES, told))
    await asyncio.to_thread(_move, folder, name)
    return True


async def _tell(folder: Path, name: str, job: Job) -> None:
    """What was wrong; also of a file that was all good, so that 1С hears of each."""
    held = [piece async for piece in mistakes_of(job)]
    if job.reason:
        held.append(table([], [["", "", job.reason, ""]]))
    await asyncio.to_thread(_put, folder / "out" / _bad(name), b"".join(held))


def _bad(name: str) -> str:
    return f"result-{Path(name).stem}.csv"


def _put(path: Path, data: bytes) -> None:
    write_private(path, data)
    path.chmod(0o660)


def _move(folder: Path, name: str) -> None:
    """A file of the same name that was there is replaced: what it was stands in the database."""
    (folder / "in" / name).replace(folder / "done" / name)
