"""A file comes in: cut into pieces and sealed while it arrives. Nobody sees it before `start`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from backend.jobs.cut import Cutter
from backend.jobs.kind import Kind
from backend.jobs.layout import first_line_of, header_in
from backend.jobs.limits import MOST_AT_ONCE, MOST_WAITING, NOTED, SERVICE, SILENT, WAITING
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.pack.table import WrongLine
from models.brand import Brand
from models.job import Job, JobForm, JobKind, JobPiece, JobState
from models.program import Program
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class JobOrder:
    """What is to be done, for which program or brand."""

    account_id: int
    kind: JobKind
    form: JobForm
    program: Program | None = None
    brand: Brand | None = None


async def receive(ctx: Context, order: JobOrder, kind: Kind, chunks: AsyncIterator[bytes]) -> Job:
    """Refuses with job_file_unfit (what, expected) and with too_many_jobs (most). What the chunks
    raise is raised, and nothing is kept."""
    await _check_room(ctx, order.account_id)
    async with transaction():
        job = await _made(ctx, order)
    try:
        await _Store(ctx, job, order, kind).take(chunks)
    except BaseException as stopped:
        await drop(job.id)
        if isinstance(stopped, WrongLine):
            what, expected = stopped.what, stopped.expected
            raise Refusal(Code.JOB_FILE_UNFIT, what=what, expected=expected) from None
        raise
    return job


async def _check_room(ctx: Context, account_id: int) -> None:
    """Before a file has come in for nothing. One whose process was killed stands in nobody's way:
    it is asked for again, and may be killed again."""
    theirs = Job.filter(account_id=account_id)
    # Nobody has worked on these: by the index of turns, whatever the account has sent before.
    fresh = theirs.filter(turn_at__isnull=True)
    coming = fresh.filter(state=JobState.RECEIVING, created_at__gt=ctx.clock() - SILENT)
    if await coming.count() >= MOST_AT_ONCE:
        raise Refusal(Code.TOO_MANY_JOBS, most=MOST_AT_ONCE)
    if await theirs.filter(state__in=WAITING).count() >= MOST_WAITING:
        raise Refusal(Code.TOO_MANY_JOBS, most=MOST_WAITING)


async def _made(ctx: Context, order: JobOrder) -> Job:
    return await Job.create(
        account_id=order.account_id,
        kind=order.kind,
        form=order.form,
        program_id=order.program.id if order.program else None,
        brand_id=order.brand.id if order.brand else None,
        state=JobState.RECEIVING,
        actor_kind=ctx.actor.kind.value,
        actor_id=ctx.actor.id,
        door=ctx.door,
        request_id=ctx.request_id,
        created_at=ctx.clock(),
    )


async def drop(job_id: int) -> None:
    """A file that did not become a job goes; one that did stays."""
    async with transaction():
        # of all: of one job
        still = Job.filter(id=job_id, state=JobState.RECEIVING)
        if await still.select_for_update().first() is not None:
            # of all: of one job
            await JobPiece.filter(job_id=job_id).delete()
            await Job.filter(id=job_id).delete()


class _Store:
    """Of one file."""

    def __init__(self, ctx: Context, job: Job, order: JobOrder, kind: Kind) -> None:
        self._ctx, self._job = ctx, job
        self._columns = kind.columns(order.program, order.brand)
        self._cutter = Cutter(kind.piece)
        self._line = 1
        self._opened = False

    async def take(self, chunks: AsyncIterator[bytes]) -> None:
        """Raises WrongLine for a first line that is none."""
        async for chunk in chunks:
            await self._note()
            for piece in self._cutter.put(chunk):
                await self._keep(piece)
        if rest := self._cutter.rest():
            await self._keep(rest)
        if not self._opened:
            expected = "a first line with " + ",".join(self._columns.required)
            raise WrongLine("is empty", expected)
        self._job.created_at = self._ctx.clock()
        changed = ["header", "delimiter", "pieces", "lines", "created_at"]
        await self._job.save(update_fields=changed)

    async def _note(self) -> None:
        """That it still comes."""
        now = self._ctx.clock()
        if now - self._job.created_at >= NOTED:
            self._job.created_at = now
            await self._job.save(update_fields=["created_at"])

    async def _keep(self, piece: bytes) -> None:
        if not self._opened:
            piece = self._open(piece)
        if not piece:
            return
        job = self._job
        await JobPiece.create(
            job_id=job.id,
            number=job.pieces,
            first_line=self._line,
            sealed=self._ctx.vault.seal_service(SERVICE, piece),
        )
        job.pieces += 1
        self._line += piece.count(b"\n")
        job.lines += piece.count(b"\n")

    def _open(self, piece: bytes) -> bytes:
        """Without the first line of a table."""
        self._opened = True
        text, rest = first_line_of(piece)
        if self._job.form is JobForm.LINES:
            return piece.removeprefix(b"\xef\xbb\xbf")
        self._line = 2
        names, self._job.delimiter = header_in(text, self._columns)
        self._job.header = list(names)
        return rest
