"""The façades as a whole: their routes, who is let in, and what runs beside."""

from aiohttp import web

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.api.limits import Limits, make_limits
from backend.web.compat.door import House
from backend.web.compat.koshelek.routes import add_koshelek
from backend.web.compat.osmi.counts import make_counts
from backend.web.compat.osmi.digest import Nonces
from backend.web.compat.osmi.routes import add_osmi
from backend.web.keys import CLIENT, MATCH
from backend.web.rate_limit import RateLimit


class Compat:
    def __init__(
        self, settings: Settings, ctx: Context, strangers: RateLimit, limits: Limits | None
    ) -> None:
        counted = limits or make_limits(settings.redis_url, settings.api_per_second)
        self._strangers = strangers
        self._house = House(ctx, counted, strangers, settings.http_hosts)
        self._routes = web.UrlDispatcher()
        self._counts = make_counts(settings.redis_url)
        add_koshelek(self._routes, self._house)
        add_osmi(self._routes, self._house, Nonces(ctx.vault, self._counts))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Raises HTTPNotFound, HTTPMethodNotAllowed, and HTTPTooManyRequests when an address goes
        on asking for what there is not."""
        request[MATCH] = match = await self._routes.resolve(request)
        if match.http_exception is not None:
            if self._strangers.wait(request[CLIENT].key) > 0:
                raise web.HTTPTooManyRequests
            raise match.http_exception
        return await match.handler(request)

    async def close(self) -> None:
        await self._house.close()
        await self._counts.aclose()
