"""The HTTP application listening at the address of the settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.platform.context import Context
from backend.platform.settings import Settings, listen_address
from backend.platform.world.serving import serving
from backend.web.app import make_app
from backend.web.bot_link import bot_link


@asynccontextmanager
async def listening(settings: Settings, ctx: Context) -> AsyncIterator[str]:
    """Serve until the block ends; the value is the address that was bound.

    Raises OSError with the address in its text when the port is taken.
    """
    async with bot_link(settings) as bot:
        app = make_app(settings, ctx, bot=bot)
        async with serving(app, listen_address(settings.listen)) as address:
            yield address
