"""The partner API, made when somebody first asks it.

What brands may enter and how that is checked takes some twenty megabytes and a third of a second,
and many installations have no partner.
"""

import asyncio
import importlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from aiohttp import HttpVersion11, web

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.rate_limit import RateLimit

if TYPE_CHECKING:
    from backend.web.api.limits import Limits
    from backend.web.api.start import Api


class PartnerApi:
    """`strangers` counts addresses that show no good key, `limits` counts keys."""

    def __init__(
        self, settings: Settings, ctx: Context, strangers: RateLimit, limits: "Limits | None"
    ) -> None:
        self._of = (settings, ctx, strangers, limits)
        self._made: Api | None = None
        self._making = asyncio.Lock()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        return await (self._made or await self._make()).answer(request)

    async def _make(self) -> "Api":
        async with self._making:
            if self._made is None:
                # In a thread: meanwhile this process answers others.
                await asyncio.to_thread(importlib.import_module, "backend.web.api.start")
                from backend.web.api.start import Api  # noqa: PLC0415

                self._made = Api(*self._of)
            return self._made

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        """While the application runs."""
        yield
        if self._made is not None:
            await self._made.close()


async def go_on(request: web.Request) -> None:
    """What is expected besides is not ours: aiohttp would answer 417, which is no document."""
    waits = request.headers.get("Expect", "").lower() == "100-continue"
    if waits and request.version >= HttpVersion11:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        # What is counted is the answer.
        request.writer.output_size = 0


def add_partner_api(app: web.Application, api: PartnerApi) -> None:
    app.router.add_route("*", "/api/{rest:.*}", api.answer, expect_handler=go_on)
    app.cleanup_ctx.append(api.run)
