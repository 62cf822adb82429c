"""Other wallets' interfaces, made when somebody first asks one: most installations have no partner
that does."""

import asyncio
import importlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from aiohttp import web

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.rate_limit import RateLimit

if TYPE_CHECKING:
    from backend.web.api.limits import Limits
    from backend.web.compat.start import Compat


class CompatApi:
    """`strangers` counts addresses that show no good login, `limits` counts logins."""

    def __init__(
        self, settings: Settings, ctx: Context, strangers: RateLimit, limits: "Limits | None"
    ) -> None:
        self._of = (settings, ctx, strangers, limits)
        self._made: Compat | None = None
        self._making = asyncio.Lock()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        return await (self._made or await self._make()).answer(request)

    async def _make(self) -> "Compat":
        async with self._making:
            if self._made is None:
                # In a thread: meanwhile this process answers others.
                await asyncio.to_thread(importlib.import_module, "backend.web.compat.start")
                from backend.web.compat.start import Compat  # noqa: PLC0415

                self._made = Compat(*self._of)
            return self._made

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        """While the application runs."""
        yield
        if self._made is not None:
            await self._made.close()


def add_compat_api(app: web.Application, api: CompatApi) -> None:
    app.router.add_route("*", "/compat/{rest:.*}", api.answer)
    app.cleanup_ctx.append(api.run)
