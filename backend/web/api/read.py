"""From a request to what an operation is handed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from aiohttp import web

from backend.access.answer_once import Request
from backend.access.authenticate import Holder
from backend.brands.keys import account_of
from backend.platform.context import Context
from backend.web.api.asked import Asked, Site
from backend.web.api.body import check_type, file_chunks, read_json, read_raw
from backend.web.api.checked import checked_body, checked_query, path_values
from backend.web.api.cursor import binding, opened_cursor
from backend.web.api.language import language_of
from backend.web.api.operation import FileBody, Operation, RawBody
from backend.web.api.queries import ListQuery, Query
from backend.web.api.trouble import Problem, Trouble
from backend.web.keys import REQUEST_ID
from catalog.entries.values.entry import Entry
from catalog.tenant import Scope

_LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Read:
    """`once` is there for every POST."""

    asked: Asked
    once: Request | None


async def read(
    ctx: Context, site: Site, operation: Operation, request: web.Request, holder: Holder
) -> Read:
    """Raises Problem, and refuses what is not there."""
    query = checked_query(operation, request.query)
    assert isinstance(query, Query)
    named = _idempotency_key(request) if operation.method == "POST" else None
    path = path_values(request)
    asked = Asked(
        ctx=ctx.acting(holder.actor, operation.door, request[REQUEST_ID]),
        site=site,
        holder=holder,
        scope=await _scope(holder, query),
        path=path,
        query=query,
        after=_after(ctx, query, partial(binding, operation.path, path, holder)),
        language=language_of(request),
    )
    asked, data = await _with_body(operation, request, asked)
    if named is None:
        return Read(asked, None)
    return Read(asked, Request(holder.key.id, named, _digest(request, data)))


async def _scope(holder: Holder, query: Query) -> Scope:
    if query.account is None:
        return holder.scope
    account = await account_of(holder.scope, query.account)
    return Scope.of([account.id], *holder.scope.rights)


def _after(ctx: Context, query: Entry, bound: Callable[[Entry], str]) -> int | None:
    if not isinstance(query, ListQuery) or query.cursor is None:
        return None
    return opened_cursor(ctx.vault, bound(query), query.cursor)


async def _with_body(
    operation: Operation, request: web.Request, asked: Asked
) -> tuple[Asked, bytes]:
    """With what the body is checked against asked for first: what is not there is not found,
    whatever the body."""
    if operation.body is None:
        return asked, b""
    if isinstance(operation.body, RawBody):
        data = await read_raw(request, operation.body)
        return replace(asked, raw=data), data
    if isinstance(operation.body, FileBody):
        return await _with_file(operation.body, request, asked)
    value: Any
    value, data = await read_json(request)
    asked = replace(asked, raw=data)
    around = await operation.around(asked) if operation.around is not None else None
    return replace(asked, body=checked_body(operation.body, value, around, data)), data


async def _with_file(wanted: FileBody, request: web.Request, asked: Asked) -> tuple[Asked, bytes]:
    """Of a file its digest stands for what was asked."""
    whole = hashlib.sha256()
    chunks = file_chunks(request, wanted, whole)
    taken = await wanted.take(asked, check_type(request, wanted), chunks)
    return replace(asked, ready=taken), whole.digest()


def _idempotency_key(request: web.Request) -> str:
    """As it is, or as the draft has it, in quotes. Of two nobody can tell which one is meant."""
    named = request.headers.getall("Idempotency-Key", ())
    given = named[0].strip() if len(named) == 1 else ""
    if len(given) > 1 and given[0] == given[-1] == '"':
        given = given[1:-1]
    if not 0 < len(given) <= _LONGEST_KEY or not (given.isascii() and given.isprintable()):
        raise Problem(Trouble.IDEMPOTENCY_KEY_REQUIRED, most=_LONGEST_KEY)
    return given


def _digest(request: web.Request, data: bytes) -> str:
    """Of all that is asked, so that nothing else is taken for the same."""
    whole = hashlib.sha256()
    for part in (request.method.encode(), request.rel_url.raw_path_qs.encode(), data):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
