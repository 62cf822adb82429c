"""A server of its own process, for the bench of HTTP: `python -m tests.bench._http_process hello`
is the limit, `… karman DATABASE_URL` the site. Prints the address, serves until SIGTERM."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import uvloop
from aiohttp import web

from backend.platform.database import connect, disconnect
from backend.platform.serving import serving
from backend.platform.settings import Address, Settings
from backend.platform.watch.log import configure_log
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from tests.bench._queue import new_context

FREE = Address("127.0.0.1", 0)


@asynccontextmanager
async def hello() -> AsyncIterator[str]:
    """aiohttp as it comes: no middleware, no log, one handler."""

    async def say(_request: web.Request) -> web.Response:
        return web.json_response({"hello": "world"})

    app = web.Application()
    app.router.add_get("/hello", say)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, *FREE).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def karman(url: str) -> AsyncIterator[str]:
    """The site as it is served, at the default log level."""
    configure_log("info")
    await connect(url)
    app = make_app(
        Settings(api_per_second=100_000), new_context(), RateLimit(per_second=1e9, burst=10**9)
    )
    async with serving(app, FREE) as address:
        yield address
    await disconnect()


async def main(kind: str, *arguments: str) -> None:
    async with AsyncExitStack() as stack:
        server = karman(*arguments) if kind == "karman" else hello()
        address = await stack.enter_async_context(server)
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        await stopped.wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:]))
