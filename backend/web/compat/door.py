"""The way of every call: who asks, whether it is their turn, the work, the answer."""

import asyncio
import math
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from functools import partial

from aiohttp import web
from multidict import CIMultiDict

from backend.access.answer_once import Given
from backend.access.facade_settings import settings_of
from backend.access.note_uses import Uses
from backend.platform.away import is_away
from backend.platform.context import Actor, ActorKind, Context
from backend.platform.watch.log import get_log
from backend.reading.reader import Reader
from backend.web.api.limits import Limits
from backend.web.compat.body import parsed_object, read_body
from backend.web.compat.call import Call, Ready, Work, given, once
from backend.web.compat.wrong import Wrong
from backend.web.keys import CLIENT, MATCH, REQUEST_ID, SETTINGS
from backend.web.rate_limit import RateLimit
from backend.webhooks.request import Ways, open_ways
from catalog.tenant import Scope
from models.facade import FacadeLogin
from models.refusal import Refusal

WORK_SECONDS = 30.0
USES_SECONDS = 60.0
# In an address.
LONGEST_NAME = 128
log = get_log(__name__)


class House:
    """What the façades share, made on a running loop; beside it, when logins were used is written
    once in a while."""

    def __init__(
        self, ctx: Context, limits: Limits, strangers: RateLimit, http_hosts: frozenset[str]
    ) -> None:
        self.ctx, self._limits, self._strangers = ctx, limits, strangers
        self._http_hosts = http_hosts
        self._opened = AsyncExitStack()
        self._ways: Ways | None = None
        self._uses = Uses(FacadeLogin)
        self._reader: Reader | None = None
        self._writing = asyncio.create_task(self._keep_uses())

    def reader(self) -> Reader:
        self._reader = self._reader or Reader()
        return self._reader

    async def ways(self) -> Ways:
        if self._ways is None:
            self._ways = await self._opened.enter_async_context(open_ways(self._http_hosts))
        return self._ways

    async def turn(self, login: FacadeLogin) -> None:
        """Raises Wrong. Keys of the API are counted by their ids, logins by theirs below zero."""
        turn = await self._limits.turn(-login.id)
        if turn.wait > 0:
            raise _too_often(turn.wait)
        self._uses.saw(login.id, self.ctx.clock())

    def stranger(self, request: web.Request) -> None:
        """Whoever shows no good login may try so often. Raises Wrong."""
        wait = self._strangers.wait(request[CLIENT].key)
        if wait > 0:
            raise _too_often(wait)

    async def _keep_uses(self) -> None:
        while True:
            await asyncio.sleep(USES_SECONDS)
            await self._write_uses()

    async def _write_uses(self) -> None:
        try:
            await self._uses.write()
        except Exception as error:
            if not is_away(error):
                log.exception("when logins were used was not written")

    async def close(self) -> None:
        self._writing.cancel()
        with suppress(asyncio.CancelledError):
            await self._writing
        await self._write_uses()
        await self._limits.aclose()
        await self._opened.aclose()
        if self._reader is not None:
            await self._reader.close()


def _may_be_called(name: str) -> bool:
    return name.isprintable() and len(name) <= LONGEST_NAME


def _too_often(wait: float) -> Wrong:
    seconds = math.ceil(wait)
    told = {"Retry-After": str(seconds)}
    return Wrong(429, "too_often", f"too many calls: ask again in {seconds} s", told)


class Door(ABC):
    """Of one façade."""

    name: str

    def __init__(self, house: House) -> None:
        self.house = house

    @abstractmethod
    async def admit(self, request: web.Request) -> FacadeLogin:
        """Raises Wrong."""

    @abstractmethod
    def spelt(self, wrong: Wrong) -> Given:
        """As the other wallet would have answered."""

    @abstractmethod
    def refusal(self, refusal: Refusal) -> Wrong: ...

    def reads(self, work: Work) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        return partial(self._answer, work, changes=False)

    def streams(self, work: Work) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """An answer of any length, which takes as long as its reader does."""

        async def answer(request: web.Request) -> web.StreamResponse:
            async def whole() -> Given | web.StreamResponse:
                return _given(await work(await self.call(request)))

            return await self.answered(whole)

        return answer

    def changes(
        self, work: Work, ready: Ready | None = None
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """In one transaction with its answer; `ready` asks the outside before it."""
        return partial(self._answer, work, changes=True, ready=ready)

    async def _answer(
        self, work: Work, request: web.Request, *, changes: bool, ready: Ready | None = None
    ) -> web.StreamResponse:
        async def whole() -> Given | web.StreamResponse:
            call = await self.call(request)
            data = await read_body(request)
            call = replace(call, data=data, body=parsed_object(data, empty=True))
            async with asyncio.timeout(WORK_SECONDS):
                call = call if ready is None else await ready(call)
                return await self._worked(work, call, changes=changes)

        return await self.answered(whole)

    async def answered(
        self,
        whole: Callable[[], Awaitable[Given | web.StreamResponse]],
    ) -> web.StreamResponse:
        try:
            made = await whole()
        except Exception as error:
            refused = self.refused(error)
            if refused is None:
                raise
            made = refused
        if isinstance(made, web.StreamResponse):
            return made
        headers = CIMultiDict(made.headers)
        headers["Cache-Control"] = "no-store"
        if made.again:
            headers["Idempotency-Replayed"] = "true"
        return web.Response(status=made.status, headers=headers, body=made.body)

    async def call(self, request: web.Request) -> Call:
        """Without its body. Raises Wrong."""
        login = await self.admit(request)
        if not all(_may_be_called(value) for value in request[MATCH].values()):
            raise Wrong(404, "not_found", "nothing is called like that")
        await self.house.turn(login)
        actor = Actor(ActorKind.FACADE, login.id)
        return Call(
            ctx=self.house.ctx.acting(actor, self.name, request[REQUEST_ID]),
            login=login,
            settings=settings_of(login),
            scope=Scope.of([login.account_id]),
            request=request,
            base_url=request.app[SETTINGS].base_url,
            reader=self.house.reader,
            ways=self.house.ways,
        )

    async def _worked(self, work: Work, call: Call, *, changes: bool) -> Given | web.StreamResponse:
        if not changes:
            return _given(await work(call))

        async def done() -> Given:
            made = _given(await work(call))
            assert isinstance(made, Given)
            return made

        made = await once(call, done, self.refused)
        call.ctx.wake.set()
        return made

    def refused(self, error: Exception) -> Given | None:
        """What is answered to it; None for a bug."""
        if isinstance(error, Wrong):
            return self.spelt(error)
        if isinstance(error, Refusal):
            return self.spelt(self.refusal(error))
        if isinstance(error, TimeoutError) or is_away(error):
            told = {"Retry-After": "2"}
            return self.spelt(Wrong(503, "try_later", "ask the same again", told))
        return None


def _given(made: object) -> Given | web.StreamResponse:
    return made if isinstance(made, Given | web.StreamResponse) else given(made)
