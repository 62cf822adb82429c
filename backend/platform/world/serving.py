"""Listen for HTTP: connections are few, heads come soon, and nonsense costs no trace in the log."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import orjson
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from backend.platform.settings import Address

# From the first byte, or from nothing at all, to a whole head.
HEAD_SECONDS = 10.0
# Between an answer and the whole head of the next request on the same connection.
IDLE_SECONDS = 15.0
# Of one process: below the 1,024 descriptors that many systems give, with room for the rest.
MOST_CONNECTIONS = 500


# The code of RFC 9457's document for what is no HTTP, or has a line of its head over 8,190 bytes.
UNREADABLE = "request_unreadable"


class _Handler(web.RequestHandler):
    """One connection. aiohttp bounds the time between requests, not the time to the first."""

    __slots__ = ("_head_seconds", "_most")

    def __init__(
        self, manager: web.Server, *, head_seconds: float, most: int, **options: Any
    ) -> None:
        super().__init__(manager, **options)
        self._head_seconds = head_seconds
        self._most = most

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        manager = self._manager
        if manager is not None and len(manager.connections) > self._most:
            self.force_close()
            return
        self._loop.call_later(self._head_seconds, self._close_without_head)

    def _close_without_head(self) -> None:
        if self._request_count == 0:
            self.force_close()

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """What is no HTTP at all is answered with 400 and is no event of ours."""
        if isinstance(kw.get("exc_info"), HttpProcessingError):
            return
        super().log_exception(*args, **kw)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """A document as for every other mistake, and nothing of what was sent."""
        answer = super().handle_error(request, status, exc, message)
        if not isinstance(exc, HttpProcessingError):
            return answer
        told = {
            "type": f"urn:karman:problem:{UNREADABLE}",
            "code": UNREADABLE,
            "title": "The request cannot be read: no HTTP, or a line of its head is too long",
            "status": status,
            "request_id": "",
        }
        plain = web.Response(
            body=orjson.dumps(told), status=status, content_type="application/problem+json"
        )
        plain.force_close()
        return plain


def _connections(
    manager: web.Server, loop: asyncio.AbstractEventLoop, head_seconds: float, most: int
) -> Callable[[], _Handler]:
    """What makes the protocol of each new connection."""

    def connect() -> _Handler:
        return _Handler(
            manager,
            head_seconds=head_seconds,
            most=most,
            loop=loop,
            keepalive_timeout=IDLE_SECONDS,
            # Whoever reads a body unpacks it (backend/web/unpacked.py).
            auto_decompress=False,
            access_log=None,
        )

    return connect


@asynccontextmanager
async def serving(
    app: web.Application,
    address: Address,
    *,
    head_seconds: float = HEAD_SECONDS,
    most: int = MOST_CONNECTIONS,
) -> AsyncIterator[str]:
    """Serve until the block ends; the value is the address that was bound, as a URL.

    Raises OSError with the address in its text when the port is taken.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    manager, loop = runner.server, asyncio.get_running_loop()
    assert manager is not None
    connect = _connections(manager, loop, head_seconds, most)
    try:
        listener = await loop.create_server(connect, *address, backlog=128, reuse_address=True)
        try:
            bound = listener.sockets[0].getsockname()
            yield f"http://{bound[0]}:{bound[1]}"
        finally:
            listener.close()
    finally:
        await runner.cleanup()
