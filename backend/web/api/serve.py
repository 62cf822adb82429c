"""The door: one way for every operation, from the request to the answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial

from aiohttp import web

from backend.access.answer_once import Given
from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.platform.watch.log import get_log
from backend.reading.reader import Reader
from backend.web.api.admit import Admission
from backend.web.api.asked import Site
from backend.web.api.in_common import InCommon
from backend.web.api.language import language_of
from backend.web.api.operation import Operation
from backend.web.api.problems import problem_reply, refusal_reply
from backend.web.api.read import read
from backend.web.api.trouble import Problem, Trouble
from backend.web.api.work import Around, worked
from backend.web.keys import REQUEST_ID
from models.refusal import Refusal

WORK_SECONDS = 30.0
USES_SECONDS = 60.0
_AGAIN = {"Retry-After": "2"}
log = get_log(__name__)


class Door:
    """Made on a running loop; beside it, when keys were used is written once in a while."""

    def __init__(self, ctx: Context, settings: Settings, admission: Admission) -> None:
        self._ctx = ctx
        self._site = Site.of(settings, Reader())
        self._admission = admission
        self._common = InCommon()
        self._writing = asyncio.create_task(self._keep_uses())

    def handler(
        self, operation: Operation
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        return partial(self.answer, operation)

    async def answer(self, operation: Operation, request: web.Request) -> web.StreamResponse:
        headers: dict[str, str] = {}
        given = await self._given(operation, request, headers)
        told = {**headers, **given.headers, "Cache-Control": "no-store"}
        if given.again:
            told["Idempotency-Replayed"] = "true"
        if given.pieces is not None:
            return await _streamed(request, given.pieces, web.StreamResponse(headers=told))
        return web.Response(status=given.status, headers=told, body=given.body)

    async def _given(
        self, operation: Operation, request: web.Request, headers: dict[str, str]
    ) -> Given:
        """Bugs are raised."""
        try:
            holder = await self._admission.admit(request, operation, headers)
            whole = await read(self._ctx, self._site, operation, request, holder)
            async with asyncio.timeout(WORK_SECONDS):
                around = Around(request.headers, partial(refused, request), self._common)
                return await worked(operation, whole, around)
        except TimeoutError:
            log.warning("an operation took too long", operation=operation.name)
            return _refused(request, Problem(Trouble.TRY_LATER, headers=_AGAIN, seconds=2))
        except Exception as error:
            given = refused(request, error)
            if given is None:
                raise
            return given

    async def close(self) -> None:
        self._writing.cancel()
        with suppress(asyncio.CancelledError):
            await self._writing
        await self._write_uses()
        await self._admission.limits.aclose()
        await self._site.reader.close()

    async def _keep_uses(self) -> None:
        while True:
            await asyncio.sleep(USES_SECONDS)
            await self._write_uses()

    async def _write_uses(self) -> None:
        try:
            await self._admission.uses.write()
        except Exception as error:
            if not is_away(error):
                log.exception("when keys were used was not written")


async def _streamed(
    request: web.Request, pieces: AsyncIterator[bytes], response: web.StreamResponse
) -> web.StreamResponse:
    await response.prepare(request)
    async for piece in pieces:
        await response.write(piece)
    await response.write_eof()
    return response


def refused(request: web.Request, error: Exception) -> Given | None:
    """What is answered to it; None for a bug."""
    if isinstance(error, Problem | Refusal):
        return _refused(request, error)
    if is_away(error):
        return _refused(request, Problem(Trouble.TRY_LATER, headers=_AGAIN, seconds=2))
    return None


def _refused(request: web.Request, error: Problem | Refusal) -> Given:
    language, request_id = language_of(request), request[REQUEST_ID]
    if isinstance(error, Problem):
        return problem_reply(error, language, request_id)
    return refusal_reply(error, language, request_id)
