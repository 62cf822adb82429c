"""The web side on a real database, behind a real socket."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.run import listening


@pytest.fixture
async def site(database: str, ctx: Context) -> AsyncIterator[aiohttp.ClientSession]:
    """Asks by path: `site.get("/offers")`."""
    settings = Settings(listen="127.0.0.1:0")
    async with listening(settings, ctx) as address, aiohttp.ClientSession(address) as session:
        yield session
