"""What 1С asks for and sends: each handler is told who asks and for which program."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from aiohttp import web

from backend.access.authenticate import authenticate
from backend.access.note_uses import Uses
from backend.access.rights import Right
from backend.brands.keys import program_of
from backend.jobs.steer_job import job_of
from backend.onec.mistakes import mistakes_of
from backend.onec.take_file import Coming, take_file
from backend.onec.tell_cards import MOST, tell_cards
from backend.platform.context import Context
from backend.platform.door import ONEC
from backend.web.keys import CTX, REQUEST_ID
from backend.web.onec.basic import basic
from backend.web.unpacked import unpacked
from catalog.tenant import Scope
from models.api_key import ApiKey
from models.job import Job, JobForm, JobKind
from models.program import Program
from models.refusal import Code, Refusal

# By HTTP; what is larger comes through the folder.
LARGEST = 8 * 1024 * 1024
LONGEST_ID = 150
_MINUTE = timedelta(minutes=1)
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="karman", charset="UTF-8"'}
_FORMS = {
    "application/json": JobForm.LINES,
    "text/csv": JobForm.CSV,
    "text/plain": JobForm.CSV,
    "application/octet-stream": JobForm.CSV,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """The program is the user of Basic, a key of the account's the password."""

    ctx: Context
    scope: Scope
    program: Program


async def _asking(request: web.Request, right: Right) -> Asking:
    """Raises HTTPUnauthorized; refuses with scope_missing and program_not_found."""
    told, ctx = basic(request.headers.get("Authorization", "")), request.app[CTX]
    holder = await authenticate(ctx, told[1].strip()) if told is not None else None
    if told is None or holder is None:
        raise web.HTTPUnauthorized(headers=_CHALLENGE)
    await _note_use(holder.key, ctx.clock())
    if right not in holder.rights:
        raise Refusal(Code.SCOPE_MISSING, scope=right.value)
    program = await program_of(holder.scope, told[0].strip())
    acting = ctx.acting(holder.actor, ONEC, request.get(REQUEST_ID, ""))
    return Asking(acting, holder.scope, program)


async def _note_use(key: ApiKey, now: datetime) -> None:
    """To about a minute."""
    if key.last_used_at is None or now - key.last_used_at > _MINUTE:
        uses = Uses()
        uses.saw(key.id, now)
        await uses.write()


async def cards(request: web.Request) -> web.StreamResponse:
    """Refuses with cursor_expired."""
    asking = await _asking(request, Right.CARDS_READ)
    owners = asking.scope.allows(Right.CUSTOMERS_READ)
    cursor, limit = request.query.get("after", ""), request.query.get("limit", "")
    most = min(int(limit), MOST) if limit.isascii() and limit.isdigit() and int(limit) else MOST
    part = await tell_cards(asking.ctx, asking.scope, asking.program, cursor, most, owners=owners)
    return _json({"cards": part.cards, "next": part.after, "more": part.more})


async def take(request: web.Request) -> web.StreamResponse:
    """Refuses with job_file_unfit and too_many_jobs."""
    asking = await _asking(request, Right.CARDS_WRITE)
    form = _FORMS.get(request.content_type)
    if form is None:
        expected = "application/json, or a table as text/csv"
        raise Refusal(Code.JOB_FILE_UNFIT, what=f"is {request.content_type}", expected=expected)
    name = request.query.get("id", "").strip()
    if len(name) > LONGEST_ID or not name.isprintable():
        expected = f"at most {LONGEST_ID} printable characters"
        raise Refusal(Code.JOB_FILE_UNFIT, what="has a long id", expected=expected)
    kind = JobKind(request.match_info["kind"])
    coming = Coming(kind, f"http:{name}" if name else "", form)
    taken = await take_file(asking.ctx, asking.program, coming, _body(request))
    return _json({"job": taken}, 202)


async def _body(request: web.Request) -> AsyncIterator[bytes]:
    held = request.content_length or 0
    if held > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, held)
    held = 0
    async for chunk in unpacked(request):
        held += len(chunk)
        if held > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, held)
        yield chunk


async def _job(request: web.Request) -> Job:
    asking = await _asking(request, Right.CARDS_WRITE)
    found = await job_of(asking.scope, int(request.match_info["job"]))
    if found.program_id != asking.program.id:
        raise Refusal(Code.JOB_NOT_FOUND)
    return found


async def job(request: web.Request) -> web.StreamResponse:
    found = await _job(request)
    counts = {name: getattr(found, name) for name in ("lines", "read", "done", "bad")}
    return _json({"job": found.id, "state": found.state.value, "reason": found.reason, **counts})


async def result(request: web.Request) -> web.StreamResponse:
    """A table of what was wrong; while the job runs, as far as it has come."""
    found = await _job(request)
    answer = web.StreamResponse(headers={"Content-Type": "text/csv; charset=utf-8"})
    await answer.prepare(request)
    async for piece in mistakes_of(found):
        await answer.write(piece)
    await answer.write_eof()
    return answer


def _json(told: dict[str, Any], status: int = 200) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    data = orjson.dumps(told)
    return web.Response(
        body=data, status=status, content_type="application/json", charset="utf-8", headers=headers
    )
