"""Jobs: work on many, watched and cancelled, and what was wrong in their files."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, Field

from backend.access.rights import Right
from backend.jobs.layout import Bad, csv_line
from backend.jobs.read_result import read_result
from backend.jobs.steer_job import cancel_job, job_of
from backend.web.api.asked import Asked
from backend.web.api.in_russian import in_russian
from backend.web.api.operation import Answer, Operation
from backend.web.api.paging import Shown, page
from backend.web.api.queries import ListQuery, Query
from backend.web.api.trouble import Wrong
from backend.web.api.v1.shared import instant, row_id, without_nothing
from catalog.entries.values.scalars import Word
from models.job import Job, JobKind, JobState
from models.refusal import Code

DOOR = "api:v1/jobs"
CSV, LINES = "text/csv", "application/x-ndjson"
EXAMPLE: Mapping[str, Any] = {
    "id": 311,
    "kind": "numbers",
    "state": "done",
    "program": "lavka-card",
    "lines": 3,
    "read": 3,
    "done": 2,
    "bad": 1,
    "created_at": "2026-11-27T12:30:00Z",
    "started_at": "2026-11-27T12:30:01Z",
    "ended_at": "2026-11-27T12:30:02Z",
}


class JobShown(BaseModel):
    """Work on many, and how far it is."""

    id: int = Field(description="Of the job.")
    kind: str = Field(description="numbers, plastic, stores, cards, sales or assignments.")
    state: str = Field(description="queued, running, done, failed or cancelled.")
    program: str | None = Field(default=None, description="The key of the program it is about.")
    brand: str | None = Field(default=None, description="The key of the brand it is about.")
    lines: int = Field(description="Of the file, without the first of a table.")
    read: int = Field(description="So many of them were read.")
    done: int = Field(description="So many are in effect; what was there already counts.")
    bad: int = Field(description="So many are not: the result says why.")
    reason: str | None = Field(default=None, description="Why it failed.")
    created_at: str = Field(description="When the file came.")
    started_at: str | None = Field(default=None, description="When the first of it was done.")
    ended_at: str | None = Field(default=None, description="When there was nothing left to do.")


class JobsQuery(ListQuery):
    """Which jobs."""

    state: Annotated[JobState | None, Word(JobState)] = Field(
        default=None, description="Only those that are so.", examples=["running"]
    )
    kind: Annotated[JobKind | None, Word(JobKind)] = Field(
        default=None, description="Only these.", examples=["numbers"]
    )


class ResultForm(StrEnum):
    CSV = "csv"
    LINES = "ndjson"


class ResultQuery(Query):
    """In which form."""

    form: Annotated[ResultForm, Word(ResultForm)] = Field(
        default=ResultForm.CSV,
        description="A table, or an object on each line.",
        examples=["csv"],
    )


def shown(row: Job) -> dict[str, Any]:
    """The row comes with its program and its brand."""
    told = {
        "id": row.id,
        "kind": row.kind.value,
        "state": row.state.value,
        "program": row.program.key if row.program is not None else None,
        "brand": row.brand.key if row.brand is not None else None,
        "reason": row.reason,
        "created_at": instant(row.created_at),
        "started_at": instant(row.started_at),
        "ended_at": instant(row.ended_at),
    }
    counts = {name: getattr(row, name) for name in ("lines", "read", "done", "bad")}
    return without_nothing(told) | counts


async def every(asked: Asked) -> Answer:
    async def show(rows: Sequence[Job]) -> list[Shown]:
        return [shown(row) for row in rows]

    query, found = asked.asks(JobsQuery), asked.scope.jobs().exclude(state=JobState.RECEIVING)
    if query.state is not None:
        found = found.filter(state=query.state)
    if query.kind is not None:
        found = found.filter(kind=query.kind)
    return await page(asked, found.select_related("program", "brand"), show, newest_first=True)


async def one(asked: Asked) -> Answer:
    return Answer(shown(await job_of(asked.scope, row_id(asked.path["job"]))))


async def cancel(asked: Asked) -> Answer:
    return Answer(shown(await cancel_job(asked.ctx, asked.scope, row_id(asked.path["job"]))))


async def result(asked: Asked) -> Answer:
    job = await job_of(asked.scope, row_id(asked.path["job"]))
    as_csv = asked.asks(ResultQuery).form is ResultForm.CSV
    kind = f"{CSV}; charset=utf-8" if as_csv else LINES
    return Answer(None, file=(kind, _lines(job, as_csv=as_csv, language=asked.language)))


async def _lines(job: Job, *, as_csv: bool, language: str) -> AsyncIterator[bytes]:
    if as_csv:
        yield csv_line("line", "message", "expected").encode()
    async for some in read_result(job):
        # Thousands of lines: not on the event loop.
        yield await asyncio.to_thread(_worded, some, as_csv=as_csv, language=language)


def _worded(some: list[Bad], *, as_csv: bool, language: str) -> bytes:
    held = bytearray()
    for line, what, expected in some:
        wrong = Wrong(what, expected)
        said = in_russian(wrong) if language == "ru" else wrong
        if as_csv:
            held += csv_line(str(line), said.message, said.expected).encode()
        else:
            held += orjson.dumps({"line": line, **said.told()}) + b"\n"
    return bytes(held)


_FAILS = (Code.JOB_NOT_FOUND,)
OPERATIONS = (
    Operation(
        "GET", "/jobs", DOOR, Right.JOBS, "List jobs", every, JobShown, JobsQuery, example=EXAMPLE,
        paged=True, about="The newest first. A job is kept for 30 days after its end.",
    ),
    Operation(
        "GET", "/jobs/{job}", DOOR, Right.JOBS, "Watch a job", one, JobShown, Query,
        example=EXAMPLE, etag=True, refusals=_FAILS,
    ),
    Operation(
        "GET", "/jobs/{job}/result", DOOR, Right.JOBS, "Read what was wrong", result, None,
        ResultQuery, files=(CSV, LINES), refusals=_FAILS,
        about="A line for each line of the file that is not in effect: its number, what was wrong "
        "and what was expected, in the language of Accept-Language. While the job runs, as far "
        "as it has come.",
    ),
    Operation(
        "POST", "/jobs/{job}/cancel", DOOR, Right.JOBS, "Cancel a job", cancel, JobShown, Query,
        example={**EXAMPLE, "state": "cancelled"}, refusals=(*_FAILS, Code.JOB_ENDED),
        about="What is done by now stays done; again changes nothing.",
    ),
)  # fmt: skip
