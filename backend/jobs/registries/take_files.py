"""Files of a partner become jobs, each once: also after a kill at any moment, because the row that
says so is committed together with the job's start."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q

from backend.jobs.kinds import KINDS
from backend.jobs.receive import JobOrder, drop, receive
from backend.jobs.registries.packed import LARGEST, NotNow, TooDemanding, Unfit, csv_of
from backend.jobs.registries.work import Hands, Work
from backend.jobs.steer_job import start_job
from backend.partners.registries.naming import names_of
from backend.partners.registries.wire.errors import Gone, TooLarge
from backend.partners.registries.wire.names import Kind
from backend.partners.registries.wire.place import Entry, Place, unfinished
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.use_case_log import log_of
from models.job import Job, JobForm, JobKind, JobState
from models.program import Program
from models.refusal import Code, Refusal
from models.registry_file import Direction, FileState, RegistryFile

# Of one directory.
MOST_FILES = 10_000
MOST_TRIES = 5
_CHUNK = 64 * 1024
_JOBS = {
    Kind.CLIENTS: JobKind.REGISTRY_CLIENTS,
    Kind.ISSUED: JobKind.REGISTRY_CLIENTS,
    Kind.RESERVED: JobKind.REGISTRY_NUMBERS,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a program, as the directory shows it."""

    program: Program
    kind: Kind
    entry: Entry


async def take_files(ctx: Context, work: Work, place: Place, hands: Hands) -> int:
    """How many became jobs, or were refused. Raises PlaceError."""
    taken = 0
    for found in await _ready(ctx, work, place, hands):
        try:
            content = await place.read(work.settings.in_, found.entry.name, LARGEST)
        except Gone:
            continue
        except TooLarge:
            taken += await _too_large(ctx, found)
            continue
        # Otherwise it grew while it was read.
        if len(content) == found.entry.size:
            taken += await _take(ctx, found, content, hands)
    hands.looks.end_turn()
    return taken


async def _ready(ctx: Context, work: Work, place: Place, hands: Hands) -> list[Found]:
    """What nobody writes any more, and what was not read before."""
    names, found = names_of(work.settings), list[Found]()
    entries = await place.entries(work.settings.in_, MOST_FILES)
    if len(entries) == MOST_FILES:
        log_of(ctx, __name__).error("there are more files than are looked at: clear the directory")
    for entry in entries:
        what = None if unfinished(entry.name) else names.what(entry.name)
        if what is None or what[0] not in work.programs or not hands.looks.settled(entry):
            continue
        program = work.programs[what[0]]
        known = RegistryFile.filter(
            program_id=program.id,
            direction=Direction.IN,
            name=entry.name,
            size=entry.size,
            changed=entry.changed,
        )
        if await known.exists():
            hands.looks.known(entry)
        else:
            found.append(Found(program, what[1], entry))
    return found


async def _take(ctx: Context, found: Found, content: bytes, hands: Hands) -> bool:
    digest = hashlib.sha256(content).hexdigest()
    if await _seen(found, digest):
        return False
    try:
        text = await csv_of(hands.reader, content)
        return await _start(ctx, found, digest, text)
    except Unfit as unfit:
        await _refuse(ctx, found, digest, unfit)
        return True
    except NotNow:
        return False
    except TooDemanding:
        if hands.looks.tries(found.entry) < MOST_TRIES:
            return False
        await _refuse(ctx, found, digest, Unfit("the ZIP cannot be unpacked", "a ZIP of text"))
        return True


async def _seen(found: Found, digest: str) -> bool:
    """The same file again, put there anew: it is not read a third time."""
    same = RegistryFile.filter(
        program_id=found.program.id,
        direction=Direction.IN,
        name=found.entry.name,
        digest=digest,
    )
    looks = {"size": found.entry.size, "changed": found.entry.changed}
    return bool(await same.update(**looks))


async def _start(ctx: Context, found: Found, digest: str, text: bytes) -> bool:
    """False when the account has too many jobs. Raises Unfit."""
    kind = _JOBS[found.kind]
    order = JobOrder(found.program.account_id, kind, JobForm.CSV, program=found.program)
    try:
        job = await receive(ctx, order, KINDS[kind], _chunks(text))
    except Refusal as refused:
        if refused.code is Code.TOO_MANY_JOBS:
            return False
        raise Unfit(str(refused.details["what"]), str(refused.details["expected"])) from None
    try:
        async with transaction():
            await _row(ctx, found, digest, FileState.TAKEN, job_id=job.id)
            await start_job(ctx, job)
    except Refusal:
        await drop(job.id)
        return False
    log_of(ctx, __name__).info("a registry was taken", program=found.program.key, job=job.id)
    return True


async def _refuse(ctx: Context, found: Found, digest: str, unfit: Unfit) -> None:
    async with transaction():
        problems = [[1, unfit.what, unfit.expected]]
        await _row(ctx, found, digest, FileState.REFUSED, problems=problems)
    log_of(ctx, __name__).warning("a registry was refused", program=found.program.key)


async def _too_large(ctx: Context, found: Found) -> bool:
    """Known by its looks, because nobody has read it."""
    looks = hashlib.sha256(f"{found.entry.size}:{found.entry.changed}".encode()).hexdigest()
    if await _seen(found, looks):
        return False
    what = f"the ZIP has {found.entry.size:,} bytes"
    await _refuse(ctx, found, looks, Unfit(what, f"at most {LARGEST:,}: part it into several"))
    return True


async def _row(
    ctx: Context, found: Found, digest: str, state: FileState, **more: Any
) -> RegistryFile:
    return await RegistryFile.create(
        program_id=found.program.id,
        direction=Direction.IN,
        kind=found.kind.value,
        name=found.entry.name,
        digest=digest,
        size=found.entry.size,
        changed=found.entry.changed,
        state=state,
        at=ctx.clock(),
        **more,
    )


async def _chunks(text: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(text), _CHUNK):
        yield text[start : start + _CHUNK]


async def drop_broken_off(ctx: Context) -> None:
    """At the beginning of a turn at it: files that a killed process was receiving are no jobs."""
    ours = Q(state=JobState.RECEIVING, door=ctx.door, kind__in=sorted(set(_JOBS.values())))
    # of all: one process takes everybody's files
    for job in await Job.filter(ours).only("id"):
        await drop(job.id)
