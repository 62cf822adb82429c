"""An operation at work: in one transaction with its answer, guarded by the ETag of what it
changes."""

from dataclasses import dataclass, replace

from multidict import MultiMapping

from backend.access.answer_once import (
    AskedOtherwise,
    Given,
    Refused,
    Request,
    Work,
    answer_once,
    change,
)
from backend.web.api.answered import answered
from backend.web.api.asked import Asked
from backend.web.api.in_common import InCommon
from backend.web.api.operation import FileBody, Operation
from backend.web.api.read import Read
from backend.web.api.reply import etag_of, matches
from backend.web.api.trouble import Problem, Trouble


@dataclass(frozen=True, slots=True)
class Around:
    """What is around an operation at work: the `headers` of the request, what is answered to a
    refusal, and what is done with others."""

    headers: MultiMapping[str]
    refused: Refused
    common: InCommon


async def worked(operation: Operation, read: Read, around: Around) -> Given:
    """Raises Problem and Refusal."""
    try:
        return await _worked(operation, read, around)
    finally:
        if isinstance(operation.body, FileBody):
            await operation.body.leave(read.asked)


async def _worked(operation: Operation, read: Read, around: Around) -> Given:
    asked, headers = read.asked, around.headers
    if operation.reads:
        return _unless_known(answered(operation, asked, await operation.does(asked)), headers)
    if operation.ready is not None:
        asked = replace(asked, ready=await operation.ready(asked))

    async def work() -> Given:
        await _check_match(operation, asked, headers)
        return answered(operation, asked, await operation.does(asked))

    if read.once is None:
        given = await change(work)
    else:
        given = await around.common.answer(operation, asked, read.once) or await _alone(
            asked, read.once, work, around.refused
        )
    _after_commit(operation, asked)
    return given


async def _alone(asked: Asked, once: Request, work: Work, refused: Refused) -> Given:
    try:
        return await answer_once(asked.ctx, once, work, refused)
    except AskedOtherwise:
        raise Problem(Trouble.IDEMPOTENCY_KEY_REUSED) from None


def _after_commit(operation: Operation, asked: Asked) -> None:
    """Whoever looked before saw neither what was announced nor what was changed."""
    asked.ctx.wake.set()
    if operation.changes_catalog:
        asked.ctx.brands.forget()
        asked.ctx.rules.forget()


async def _check_match(operation: Operation, asked: Asked, headers: MultiMapping[str]) -> None:
    if operation.stands is None:
        return
    stands = await operation.stands(asked)
    named = ", ".join(headers.getall("If-Match", ())).strip()
    if not named:
        raise Problem(Trouble.IF_MATCH_REQUIRED)
    if not matches(named, etag_of(stands)):
        raise Problem(Trouble.CHANGED_MEANWHILE, headers={"ETag": etag_of(stands)})


def _unless_known(given: Given, headers: MultiMapping[str]) -> Given:
    etag = given.headers.get("ETag")
    known = ", ".join(headers.getall("If-None-Match", ()))
    if etag is None or not known or not matches(known.replace("W/", ""), etag):
        return given
    return Given(304, {"ETag": etag}, b"")
