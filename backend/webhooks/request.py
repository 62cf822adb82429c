"""One request, and what came of it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, InvalidURL

from backend.platform.world.http import PrivateAddress, open_http
from backend.webhooks.url import named

SECONDS = 15.0
# Connections of this process; each webhook has a bound of its own (backend/webhooks/sender.py).
CONNECTIONS = 400
KEPT = 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """`status` is None where nothing was answered; then `error` says why."""

    took_ms: int
    status: int | None = None
    answer: str = ""
    error: str = ""
    after: timedelta | None = None

    @property
    def good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        return self.status == 410


@dataclass(frozen=True, slots=True)
class Ways:
    """`sandbox` goes to this machine too, and only for hosts that the settings name."""

    public: ClientSession
    sandbox: ClientSession
    http_hosts: frozenset[str]

    def to(self, url: str) -> ClientSession:
        return self.sandbox if named(url, self.http_hosts) else self.public


@asynccontextmanager
async def open_ways(http_hosts: frozenset[str]) -> AsyncIterator[Ways]:
    async with (
        open_http(seconds=SECONDS, limit=CONNECTIONS, unpacks=False) as public,
        open_http(seconds=SECONDS, limit=CONNECTIONS, unpacks=False, loopback=True) as sandbox,
    ):
        yield Ways(public, sandbox, http_hosts)


async def post(ways: Ways, url: str, headers: Mapping[str, str], body: str) -> Outcome:
    """Whatever happens there is an outcome; no redirect is followed."""
    loop = asyncio.get_running_loop()
    began = loop.time()

    def took() -> int:
        return int((loop.time() - began) * 1000)

    told = {"content-type": "application/json", "accept-encoding": "identity", **headers}
    if not url.startswith("https://") and not named(url, ways.http_hosts):
        return Outcome(0, error="http is not allowed to this host")
    try:
        async with ways.to(url).post(
            url, data=body.encode(), headers=told, allow_redirects=False
        ) as response:
            answer = await _beginning(response)
            return Outcome(took(), response.status, answer, after=_after(response))
    except (ClientError, InvalidURL, OSError, ValueError) as error:
        return Outcome(took(), error=_why(error))


async def _beginning(response: ClientResponse) -> str:
    found = b""
    while len(found) < KEPT and (part := await response.content.read(KEPT - len(found))):
        found += part
    # A text of the database holds no NUL.
    return found.decode(errors="replace").replace("\0", "\ufffd")


def _after(response: ClientResponse) -> timedelta | None:
    asked = response.headers.get("Retry-After", "")
    short = asked.isascii() and asked.isdigit() and len(asked) < 7
    return timedelta(seconds=int(asked)) if short else None


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {SECONDS:.0f} s"
    if isinstance(error, ClientConnectorError) and isinstance(error.os_error, PrivateAddress):
        return "an address inside a network: refused"
    return type(error).__name__
