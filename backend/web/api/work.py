"""An operation at work: in one transaction with its answer, guarded by the ETag of what it
changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import orjson

from backend.access.answer_once import AskedOtherwise, Given, Refused, answer_once, change
from backend.web.api.asked import Asked
from backend.web.api.cursor import binding, sealed_cursor
from backend.web.api.operation import Answer, FileBody, Operation
from backend.web.api.queries import Query
from backend.web.api.read import Read
from backend.web.api.reply import JSON, etag_of, matches
from backend.web.api.trouble import Problem, Trouble


async def worked(
    operation: Operation, read: Read, headers: Mapping[str, str], refused: Refused
) -> Given:
    """`headers` are the request's. Raises Problem and Refusal."""
    try:
        return await _worked(operation, read, headers, refused)
    finally:
        if isinstance(operation.body, FileBody):
            await operation.body.leave(read.asked)


async def _worked(
    operation: Operation, read: Read, headers: Mapping[str, str], refused: Refused
) -> Given:
    asked = read.asked
    if operation.reads:
        return _unless_known(_given(operation, asked, await operation.does(asked)), headers)
    if operation.ready is not None:
        asked = replace(asked, ready=await operation.ready(asked))

    async def work() -> Given:
        await _check_match(operation, asked, headers)
        return _given(operation, asked, await operation.does(asked))

    if read.once is None:
        given = await change(work)
    else:
        try:
            given = await answer_once(asked.ctx, read.once, work, refused)
        except AskedOtherwise:
            raise Problem(Trouble.IDEMPOTENCY_KEY_REUSED) from None
    _after_commit(operation, asked)
    return given


def _after_commit(operation: Operation, asked: Asked) -> None:
    """Whoever looked before saw neither what was announced nor what was changed."""
    asked.ctx.wake.set()
    if operation.changes_catalog:
        asked.ctx.brands.forget()
        asked.ctx.rules.forget()


async def _check_match(operation: Operation, asked: Asked, headers: Mapping[str, str]) -> None:
    if operation.stands is None:
        return
    stands = await operation.stands(asked)
    named = headers.get("If-Match", "").strip()
    if not named:
        raise Problem(Trouble.IF_MATCH_REQUIRED)
    if not matches(named, etag_of(stands)):
        raise Problem(Trouble.CHANGED_MEANWHILE, headers={"ETag": etag_of(stands)})


def _unless_known(given: Given, headers: Mapping[str, str]) -> Given:
    etag = given.headers.get("ETag")
    if etag is None or not matches(headers.get("If-None-Match", "").replace("W/", ""), etag):
        return given
    return Given(304, {"ETag": etag}, b"")


def _given(operation: Operation, asked: Asked, answer: Answer) -> Given:
    if answer.file is not None:
        kind, pieces = answer.file
        return Given(operation.status, {"Content-Type": kind}, b"", pieces=pieces)
    if answer.value is None:
        return Given(operation.status, {}, b"")
    headers = {"Content-Type": JSON}
    if operation.etag:
        headers["ETag"] = etag_of(answer.value)
    if answer.location:
        headers["Location"] = answer.location
    return Given(operation.status, headers, orjson.dumps(_shown(operation, asked, answer.value)))


def _shown(operation: Operation, asked: Asked, value: Mapping[str, Any]) -> Mapping[str, Any]:
    only = _only(asked)
    if not operation.paged:
        return only(value)
    shown: dict[str, Any] = {"items": [only(each) for each in value["items"]]}
    if (after := value.get("next")) is not None:
        bound = binding(operation.path, asked.holder, asked.query)
        shown["next"] = sealed_cursor(asked.ctx.vault, bound, after)
    return shown


def _only(asked: Asked) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    named = asked.asks(Query).fields
    if named is None:
        return lambda value: value
    wanted = set(named.split(","))
    return lambda value: {name: each for name, each in value.items() if name in wanted}
