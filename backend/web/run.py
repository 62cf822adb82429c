"""Listen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from backend.platform.context import Context
from backend.platform.settings import Settings, listen_address
from backend.web.app import make_app


@asynccontextmanager
async def listening(settings: Settings, ctx: Context) -> AsyncIterator[str]:
    """Serve until the block ends; the value is the address that was bound.

    Raises OSError with the address in its text when the port is taken.
    """
    runner = web.AppRunner(make_app(settings, ctx), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        host, port = listen_address(settings.listen)
        await web.TCPSite(runner, host, port).start()
        bound = runner.addresses[0]
        yield f"http://{bound[0]}:{bound[1]}"
    finally:
        await runner.cleanup()
