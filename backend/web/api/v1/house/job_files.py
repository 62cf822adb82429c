"""Files that become jobs."""

from collections.abc import AsyncIterator, Awaitable, Callable

from backend.access.rights import Right
from backend.brands.keys import brand_of, program_of
from backend.jobs.kinds import KINDS
from backend.jobs.limits import LARGEST
from backend.jobs.receive import JobOrder, drop, receive
from backend.jobs.steer_job import job_of, start_job
from backend.web.api.asked import Asked
from backend.web.api.operation import PREFIX, Answer, FileBody, Operation
from backend.web.api.queries import Query
from backend.web.api.v1.house.jobs import CSV, DOOR, EXAMPLE, LINES, JobShown, shown
from models.job import Job, JobForm, JobKind
from models.refusal import Code

_FORMS = {CSV: JobForm.CSV, LINES: JobForm.LINES}
_QUEUED = {
    **{name: value for name, value in EXAMPLE.items() if not name.endswith("ed_at")},
    "created_at": EXAMPLE["created_at"],
    "state": "queued",
    "read": 0,
    "done": 0,
    "bad": 0,
}
_ABOUT = """\
The body is the file itself: a table (`text/csv`, UTF-8, commas or semicolons, the columns named in
the first line) or an object on each line (`application/x-ndjson`). A line that is wrong stops none
of the others; `GET /jobs/{job}/result` says what was wrong with it. Columns: """
Take = Callable[[Asked, str, AsyncIterator[bytes]], Awaitable[Job]]


def _of_program(kind: JobKind) -> Take:
    async def take(asked: Asked, media_type: str, chunks: AsyncIterator[bytes]) -> Job:
        program = await program_of(asked.scope, asked.path["program"])
        form = _FORMS[media_type]
        order = JobOrder(program.account_id, kind, form, program=program)
        return await receive(asked.ctx, order, KINDS[kind], chunks)

    return take


def _of_brand(kind: JobKind) -> Take:
    async def take(asked: Asked, media_type: str, chunks: AsyncIterator[bytes]) -> Job:
        brand = await brand_of(asked.scope, asked.path["brand"])
        form = _FORMS[media_type]
        order = JobOrder(brand.program.account_id, kind, form, brand=brand)
        return await receive(asked.ctx, order, KINDS[kind], chunks)

    return take


async def leave(asked: Asked) -> None:
    received: Job = asked.ready
    await drop(received.id)


async def start(asked: Asked) -> Answer:
    received: Job = asked.ready
    job = await start_job(asked.ctx, received)
    return Answer(shown(await job_of(asked.scope, job.id)), f"{PREFIX}/jobs/{job.id}")


def _file(
    path: str, right: Right, summary: str, take: Take, columns: str, missing: Code
) -> Operation:
    fails = (missing, Code.JOB_FILE_UNFIT, Code.TOO_MANY_JOBS, Code.JOB_NOT_FOUND)
    return Operation(
        "POST", path, DOOR, right, summary, start, JobShown, Query, status=202,
        body=FileBody((CSV, LINES), LARGEST, take, leave), example=_QUEUED, refusals=fails,
        about=_ABOUT.replace("\n", " ") + columns,
    )  # fmt: skip


OF_PROGRAMS = (
    _file(
        "/programs/{program}/numbers/jobs", Right.NUMBERS_WRITE, "Add many free numbers",
        _of_program(JobKind.NUMBERS),
        "`printed_number`, and `barcode_value` where the barcode carries another text.",
        Code.PROGRAM_NOT_FOUND,
    ),
    _file(
        "/programs/{program}/plastic/jobs", Right.NUMBERS_WRITE, "Tell whose plastic is whose",
        _of_program(JobKind.PLASTIC),
        "`card_number`, `phone`, `email`; the last two may be empty. Of phones and addresses "
        "nothing is kept that could be read.",
        Code.PROGRAM_NOT_FOUND,
    ),
    _file(
        "/programs/{program}/cards/jobs", Right.CARDS_WRITE, "Change what stands on many cards",
        _of_program(JobKind.CARDS),
        "`number` (as people read it or as it is scanned), `balance`, `tier`, `state` (active, "
        "blocked), and the program's own `card_fields` by their keys. What is empty stays as it "
        "is.",
        Code.PROGRAM_NOT_FOUND,
    ),
    _file(
        "/programs/{program}/sales/jobs", Right.CARDS_WRITE, "Tell what was bought with cards",
        _of_program(JobKind.SALES),
        "`id` (yours, of the receipt), `card` (a number, as people read it or as it is scanned), "
        "`at`, `amount` (below zero for a return), and `number`, `store`, `currency` (RUB, where "
        "it is empty). A receipt is kept once by its `id`; told again it is put right.",
        Code.PROGRAM_NOT_FOUND,
    ),
)  # fmt: skip
ASSIGNMENTS = (
    _file(
        "/programs/{program}/assignments/jobs", Right.ASSIGNMENTS, "Assign many cards",
        _of_program(JobKind.ASSIGNMENTS),
        "`own_id`, `phone`, `email` (one of them at least), and where you name them `days`, "
        "`printed_number` and `barcode_value`. The same line again is the same assignment, never "
        "another number; with another number, phone or e-mail it is bad. `GET /assignments` has "
        "the links.",
        Code.PROGRAM_NOT_FOUND,
    ),
)  # fmt: skip
OF_BRANDS = (
    _file(
        "/brands/{brand}/stores/jobs", Right.BRANDS_WRITE, "Enter many stores",
        _of_brand(JobKind.STORES),
        "`key`, `city`, `address`, `lat`, `lon`, `hours`. Stores that the file leaves out stay.",
        Code.BRAND_NOT_FOUND,
    ),
)  # fmt: skip
