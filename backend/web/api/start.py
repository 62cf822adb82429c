"""The API as a whole: its routes, who is let in, and what runs beside."""

from aiohttp import web

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.api import docs, document
from backend.web.api.admit import Admission
from backend.web.api.head import headed
from backend.web.api.language import language_of
from backend.web.api.limits import Limits, make_limits
from backend.web.api.operations import OPERATIONS
from backend.web.api.problems import problem_reply
from backend.web.api.routes import Routes
from backend.web.api.serve import Door
from backend.web.api.trouble import Problem, Trouble
from backend.web.keys import CLIENT, MATCH, REQUEST_ID
from backend.web.rate_limit import RateLimit


class Api:
    def __init__(
        self, settings: Settings, ctx: Context, strangers: RateLimit, limits: Limits | None
    ) -> None:
        counted = limits or make_limits(settings.redis_url, settings.api_per_second)
        self._strangers = strangers
        self._door = Door(ctx, settings, Admission(ctx, counted, strangers))
        self._routes = Routes()
        for each in OPERATIONS:
            self._routes.add_operation(each.method, each.whole_path, self._door.handler(each))
            if each.reads:
                bare = self._door.handler(headed(each))
                self._routes.add_operation("HEAD", each.whole_path, bare)
        self._routes.add_routes([*document.ROUTES, *docs.ROUTES])

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Raises HTTPTooManyRequests when an address goes on asking for what there is not."""
        request[MATCH] = match = await self._routes.resolve(request)
        if match.http_exception is not None:
            if self._strangers.wait(request[CLIENT].key) > 0:
                raise web.HTTPTooManyRequests
            return _not_there(request, match.http_exception)
        return await match.handler(request)

    async def close(self) -> None:
        await self._door.close()


def _not_there(request: web.Request, error: web.HTTPException) -> web.Response:
    problem = Problem(Trouble.OPERATION_NOT_FOUND)
    if isinstance(error, web.HTTPMethodNotAllowed):
        allowed = ", ".join(sorted(error.allowed_methods))
        problem = Problem(Trouble.METHOD_NOT_ALLOWED, headers={"Allow": allowed}, allowed=allowed)
    given = problem_reply(problem, language_of(request), request[REQUEST_ID])
    return web.Response(status=given.status, headers=given.headers, body=given.body)
