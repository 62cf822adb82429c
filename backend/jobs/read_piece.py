"""A piece of a file, read and checked; the one after it while the first is written."""

import asyncio
from typing import Any, NamedTuple

from backend.jobs.kinds import KINDS
from backend.jobs.layout import Bad, Layout, parsed
from backend.jobs.limits import SERVICE
from backend.platform.context import Context
from models.job import Job, JobPiece


class Batch(NamedTuple):
    """A piece as it is to be written: what is given, what is wrong, how many lines there were and
    how many of them are good."""

    given: list[Any]
    bad: list[Bad]
    lines: int
    done: int


class Ahead:
    """Holds one piece at most."""

    def __init__(self) -> None:
        self._of = (0, 0)
        self._reading: asyncio.Task[Batch | None] | None = None

    async def batch(self, ctx: Context, job: Job) -> Batch | None:
        """The piece that is the job's next; None when there is none."""
        reading, self._reading = self._reading, None
        if reading is not None and self._of == (job.id, job.position):
            return await reading
        if reading is not None:
            await _drop(reading)
        return await read_piece(ctx, job, job.position)

    def begin(self, ctx: Context, job: Job, number: int) -> None:
        """Outside a transaction."""
        if number < job.pieces:
            self._of = (job.id, number)
            self._reading = asyncio.create_task(read_piece(ctx, job, number))

    async def end(self) -> None:
        if self._reading is not None:
            await _drop(self._reading)


async def _drop(reading: "asyncio.Task[Batch | None]") -> None:
    """What it came to is nobody's business any more."""
    reading.cancel()
    await asyncio.wait({reading})
    if not reading.cancelled():
        reading.exception()


async def read_piece(ctx: Context, job: Job, number: int) -> Batch | None:
    # of all: of one job
    piece = await JobPiece.filter(job_id=job.id, number=number).first()
    if piece is None:
        return None
    kind = KINDS[job.kind]
    around = await kind.around(job)
    columns = kind.columns(job.program, job.brand)
    layout = Layout(job.form, columns, tuple(job.header), job.delimiter)

    def work() -> Batch:
        data = ctx.vault.open_service(SERVICE, piece.sealed)
        found = parsed(data, piece.first_line, layout)
        given, bad = kind.read(ctx, around, found.rows)
        return Batch(given, [*found.bad, *bad], found.lines, len(found.rows) - len(bad))

    # Thousands of lines: not on the event loop.
    return await asyncio.to_thread(work)
