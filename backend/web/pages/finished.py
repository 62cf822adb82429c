"""Pages that are the same for everybody, kept finished for a few seconds."""

import asyncio
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field

from aiohttp import web

# A change of the catalog, an offer that begins or ends and a pool that runs empty are seen
# within this time: nothing has to remember to tell.
FRESH_SECONDS = 5.0
# Of one process; a page is some 15 KB, finished twice.
MOST_PAGES = 400


@dataclass(frozen=True, slots=True)
class Finished:
    """A page as bytes, plain and compressed, and until when (monotonic seconds) it holds."""

    body: bytes
    packed: bytes
    etag: str
    until: float


@dataclass(slots=True)
class FinishedPages:
    """The least recently asked for go first. One render at a time per page: a crowd waits for
    one. `seconds` is a monotonic clock."""

    seconds: Callable[[], float] = time.monotonic
    fresh: float = FRESH_SECONDS
    _kept: OrderedDict[Hashable, Finished] = field(default_factory=OrderedDict)
    _making: dict[Hashable, asyncio.Task[Finished]] = field(default_factory=dict)

    async def answer(
        self, request: web.Request, key: Hashable, make: Callable[[], Awaitable[str]]
    ) -> web.Response:
        """The page under `key`, made by `make` when there is none that is fresh."""
        found = self._kept.get(key)
        if found is None or found.until <= self.seconds():
            found = await self._made(key, make)
        else:
            self._kept.move_to_end(key)
        return _respond(request, found)

    async def _made(self, key: Hashable, make: Callable[[], Awaitable[str]]) -> Finished:
        task = self._making.get(key)
        if task is None:
            task = asyncio.create_task(self._make(key, make))
            self._making[key] = task
            task.add_done_callback(lambda _done: self._making.pop(key, None))
        # Whoever asked first may leave: the others still get the page.
        return await asyncio.shield(task)

    async def _make(self, key: Hashable, make: Callable[[], Awaitable[str]]) -> Finished:
        body = (await make()).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        packed = gzip.compress(body, 6, mtime=0)
        finished = Finished(body, packed, etag, self.seconds() + self.fresh)
        self._kept[key] = finished
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_PAGES:
            self._kept.popitem(last=False)
        return finished


def _respond(request: web.Request, page: Finished) -> web.Response:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Vary": "Accept-Language, Accept-Encoding",
        "Cache-Control": "public, max-age=5",
        "ETag": page.etag,
    }
    if request.headers.get("If-None-Match") == page.etag:
        return web.Response(status=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=page.packed if packed else page.body, headers=headers)
