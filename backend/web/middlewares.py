"""What happens around every request."""

import math
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from backend.platform.ids import new_token
from backend.platform.log import get_log
from backend.platform.metrics import HTTP
from backend.web.keys import REQUEST_ID
from backend.web.problems import http_problem, refusal_problem
from backend.web.rate_limit import RateLimit
from models.refusal import Refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Asked by machines that keep watch, often and from one address.
_WATCHED = {"/healthz", "/readyz", "/metrics"}
log = get_log(__name__)


async def harden(_request: web.Request, response: web.StreamResponse) -> None:
    """A signal, so that errors made by aiohttp itself get the headers too."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Server", None)


@web.middleware
async def account_for(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A request id, a metric, and one log line that names the route and nobody."""
    request[REQUEST_ID] = new_token()[:16]
    began = time.perf_counter()
    response = await handler(request)
    took = time.perf_counter() - began
    response.headers["X-Request-Id"] = request[REQUEST_ID]
    route = _route(request)
    HTTP.labels(request.method, route, response.status).observe(took)
    if route not in _WATCHED:
        log.info(
            "request",
            id=request[REQUEST_ID],
            method=request.method,
            route=route,
            status=response.status,
            ms=round(took * 1000, 1),
        )
    return response


@web.middleware
async def explain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals and errors become problem documents; a bug is logged with its trace."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return refusal_problem(request, refusal)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        problem = http_problem(request, error.status)
        if "Allow" in error.headers:
            problem.headers["Allow"] = error.headers["Allow"]
        return problem
    except Exception:
        log.exception("request failed", id=request.get(REQUEST_ID), route=_route(request))
        return http_problem(request, 500)


def limit_rate(limit: RateLimit) -> Middleware:
    @web.middleware
    async def limited(request: web.Request, handler: Handler) -> web.StreamResponse:
        wait = limit.wait(request.remote or "") if request.path not in _WATCHED else 0.0
        if wait > 0:
            refused = http_problem(request, 429)
            refused.headers["Retry-After"] = str(math.ceil(wait))
            return refused
        return await handler(request)

    return limited


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"
