"""A file or a message of 1С's comes in and becomes a job, once."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import NamedTuple

from backend.jobs.kinds import KINDS
from backend.jobs.receive import JobOrder, drop, receive
from backend.jobs.steer_job import start_job
from backend.partners.onec.wire import records
from backend.partners.onec.wire.kinds import KINDS as THEIRS
from backend.partners.onec.wire.table import Table
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from models.exchange import ExchangeFile
from models.job import JobForm, JobKind
from models.program import Program
from models.refusal import Code, Refusal

# Of JSON, which is read at once.
LARGEST_JSON = 4 * 1024 * 1024
_NOTE = """
INSERT INTO exchange_files (program_id, name, digest, job_id, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (program_id, name, digest) DO NOTHING RETURNING id
"""
Chunks = AsyncIterator[bytes]


class Coming(NamedTuple):
    """`name` tells it from others and from itself again; "" for one that may come twice."""

    kind: JobKind
    name: str
    form: JobForm


async def take_file(ctx: Context, program: Program, coming: Coming, chunks: Chunks) -> int:
    """The id of the job; the same file again is the same job. Refuses with job_file_unfit (what,
    expected) and too_many_jobs (most). What the chunks raise is raised, and nothing is kept."""
    digest = hashlib.sha256()
    order = JobOrder(program.account_id, coming.kind, coming.form, program=program)
    read = _records if coming.form is JobForm.LINES else _table
    job = await receive(ctx, order, KINDS[coming.kind], read(coming, _noted(chunks, digest)))
    try:
        async with transaction():
            values = [program.id, coming.name, digest.hexdigest(), job.id, ctx.clock()]
            new = not coming.name or bool(await rows(_NOTE, values))
            if new:
                await start_job(ctx, job)
    except BaseException:
        await drop(job.id)
        raise
    if new:
        return int(job.id)
    await drop(job.id)
    known = await ExchangeFile.get(
        program_id=program.id, name=coming.name, digest=digest.hexdigest()
    )
    return int(known.job_id)


async def _noted(chunks: Chunks, digest: "hashlib._Hash") -> Chunks:
    async for chunk in chunks:
        digest.update(chunk)
        yield chunk


async def _table(coming: Coming, chunks: Chunks) -> Chunks:
    table = Table(THEIRS[coming.kind.value])
    async for chunk in chunks:
        # Thousands of lines: not on the event loop.
        yield await asyncio.to_thread(_put, table, chunk)
    yield b"".join(table.rest())


def _put(table: Table, chunk: bytes) -> bytes:
    return b"".join(table.put(chunk))


async def _records(coming: Coming, chunks: Chunks) -> Chunks:
    held = bytearray()
    async for chunk in chunks:
        held += chunk
        if len(held) > LARGEST_JSON:
            expected = f"at most {LARGEST_JSON} bytes of JSON, or a table"
            raise Refusal(Code.JOB_FILE_UNFIT, what="is too large", expected=expected)
    try:
        made = records.lines(THEIRS[coming.kind.value], bytes(held))
    except records.NotRecords as wrong:
        raise Refusal(Code.JOB_FILE_UNFIT, what=wrong.what, expected=wrong.expected) from None
    yield b"".join(made)
