"""What can go wrong between a partner's system and us, in every position of a conversation.

    faults = Faults()
    app = web.Application(middlewares=[faults.middleware])
    faults.next(BEFORE, Fault.ERROR_500)          # the next request
    faults.at(3, AFTER, Fault.HALF_CLOSED)        # the third from now on
    faults.choose = mixed(Random(7), share=0.2)   # each by chance

`BEFORE` the work is done: nothing has happened over there. `AFTER`: it was done and the answer was
lost. A vendor that says 500 and 429 in its own words puts them into `says`.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware


class When(StrEnum):
    BEFORE = "before"
    AFTER = "after"


BEFORE, AFTER = When.BEFORE, When.AFTER


class Fault(StrEnum):
    TIME_OUT = "time_out"  # no answer for as long as the other side cares to wait
    HALF_CLOSED = "half_closed"  # the socket is closed half way through the answer
    ERROR_500 = "error_500"
    TOO_MANY = "too_many"  # 429 with Retry-After
    WRONG_JSON = "wrong_json"
    WRONG_TYPE = "wrong_type"  # a page in HTML where JSON was asked for
    DUPLICATE = "duplicate"  # the same answer twice on one connection


Trouble = tuple[When, Fault]
EVERY: tuple[Trouble, ...] = tuple((when, fault) for when in When for fault in Fault)
Choose = Callable[[web.Request, int], Trouble | None]
RETRY_AFTER = 2


def mixed(random: Random, share: float, among: tuple[Trouble, ...] = EVERY) -> Choose:
    """By chance, the same again for the same seed and the same order of requests."""

    def choose(request: web.Request, position: int) -> Trouble | None:
        return random.choice(among) if random.random() < share else None

    return choose


def _error_500() -> web.Response:
    return web.json_response({"error": "internal"}, status=500)


def _too_many() -> web.Response:
    return web.json_response({"error": "too many requests"}, status=429)


@dataclass
class Faults:
    """`requests` counts what came; `happened` what went wrong with it. `hang`: how many seconds a
    time-out may last before the test would hang itself."""

    choose: Choose | None = None
    says: dict[Fault, Callable[[], web.Response]] = field(
        default_factory=lambda: {Fault.ERROR_500: _error_500, Fault.TOO_MANY: _too_many}
    )
    hang: float = 30.0
    requests: int = 0
    happened: Counter[Trouble] = field(default_factory=Counter)
    _planned: dict[int, Trouble] = field(default_factory=dict)

    def next(self, when: When, fault: Fault) -> None:
        """What happens to the next request that has no trouble of its own yet."""
        position = self.requests + 1
        while position in self._planned:
            position += 1
        self._planned[position] = (when, fault)

    def at(self, position: int, when: When, fault: Fault) -> None:
        """What happens to the first, second, third … request from now on."""
        self._planned[self.requests + position] = (when, fault)

    def none(self) -> None:
        """Everything is well from now on."""
        self._planned.clear()
        self.choose = None

    @property
    def middleware(self) -> Middleware:
        @web.middleware
        async def meet(request: web.Request, handler: Handler) -> web.StreamResponse:
            self.requests += 1
            trouble = self._planned.pop(self.requests, None)
            if trouble is None and self.choose is not None:
                trouble = self.choose(request, self.requests)
            if trouble is None:
                return await handler(request)
            self.happened[trouble] += 1
            return await self._strike(request, handler, *trouble)

        return meet

    async def _strike(
        self, request: web.Request, handler: Handler, when: When, fault: Fault
    ) -> web.StreamResponse:
        if when is BEFORE and fault is not Fault.DUPLICATE:
            await request.read()
            good = web.Response(text='{"status": "nothing was done"}')
        else:
            made = await handler(request)
            assert isinstance(made, web.Response), "faults need answers that are whole"
            good = made
        return await _BY_FAULT[fault](self, request, good)

    async def _time_out(self, request: web.Request, good: web.Response) -> web.StreamResponse:
        loop = asyncio.get_running_loop()
        end = loop.time() + self.hang
        # aiohttp tells a handler nothing of a client that has hung up.
        while not _gone(request) and loop.time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        return good

    async def _half_closed(self, request: web.Request, good: web.Response) -> web.StreamResponse:
        body = _body(good) or b"{}"
        _write(request, _head(good, len(body)) + body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
        return good

    async def _error_500(self, request: web.Request, good: web.Response) -> web.StreamResponse:
        return self.says[Fault.ERROR_500]()

    async def _too_many(self, request: web.Request, good: web.Response) -> web.StreamResponse:
        answer = self.says[Fault.TOO_MANY]()
        answer.headers.setdefault("Retry-After", str(RETRY_AFTER))
        return answer

    async def _wrong_json(self, request: web.Request, good: web.Response) -> web.StreamResponse:
        body = _body(good).rstrip(b"}] \n") or b"{"
        return web.Response(body=body, status=good.status, content_type="application/json")

    async def _wrong_type(self, request: web.Request, good: web.Response) -> web.StreamResponse:
        page = "<!doctype html><title>502</title><h1>Bad gateway</h1>"
        return web.Response(text=page, status=200, content_type="text/html")

    async def _duplicate(self, request: web.Request, good: web.Response) -> web.StreamResponse:
        body = _body(good)
        _write(request, _head(good, len(body)) + body)
        return good


_BY_FAULT = {
    Fault.TIME_OUT: Faults._time_out,
    Fault.HALF_CLOSED: Faults._half_closed,
    Fault.ERROR_500: Faults._error_500,
    Fault.TOO_MANY: Faults._too_many,
    Fault.WRONG_JSON: Faults._wrong_json,
    Fault.WRONG_TYPE: Faults._wrong_type,
    Fault.DUPLICATE: Faults._duplicate,
}


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _body(answer: web.Response) -> bytes:
    return answer.body if isinstance(answer.body, bytes) else b""


def _head(answer: web.Response, length: int) -> bytes:
    kind = answer.headers.get("Content-Type", "application/json")
    status = f"HTTP/1.1 {answer.status} {answer.reason}"
    return f"{status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode()


def _write(request: web.Request, what: bytes) -> None:
    if request.transport is not None:
        request.transport.write(what)
