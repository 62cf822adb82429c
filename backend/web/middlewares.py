"""What happens around every request."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from functools import cache

from aiohttp import web
from aiohttp.typedefs import Middleware
from prometheus_client import Histogram

from backend.platform.ids import RequestIds
from backend.platform.watch.log import get_log, request_lines
from backend.platform.watch.metrics import HTTP
from backend.web.client_address import Client
from backend.web.errors import error_answer, refusal_answer
from backend.web.keys import CLIENT, MATCH, REQUEST_ID
from backend.web.rate_limit import RateLimit
from models.refusal import Refusal

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# Asked by machines that keep watch, often and from one address.
_WATCHED = {"/healthz", "/readyz", "/metrics"}
# Anything else is one label: an odd method must not make a series of its own.
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# Partners' programs ask often from one address: what they ask is counted by key, and has bounds of
# its own (backend/web/api/, backend/web/compat/).
BY_KEY = ("/api/v1/", "/compat/")
# The proxy of a mail service asks for everybody's from few addresses, and each costs one look at an
# index: it may ask so many times as often.
# Phones of one carrier share few addresses too, and all of a brand's ask after a change. Google
# says from few what everybody did.
BY_CROWD, CROWD_TIMES = ("/k/block/", "/wallet/apple/v1/", "/wallet/google/"), 20
# Of an error's own headers what its answer needs.
_TOLD = ("Allow", "WWW-Authenticate", "Accept-Encoding")
# A body that trickles in holds a request no longer than this.
BODY_SECONDS = 30.0
log = get_log(__name__)


async def harden(_request: web.Request, response: web.StreamResponse) -> None:
    """A signal, so that errors made by aiohttp itself get the headers too."""
    headers = response.headers
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    headers.pop("Server", None)


def account_for() -> Middleware:
    """A request id, a metric, and one log line that names the route and nobody."""
    write_line, ids = request_lines(__name__), RequestIds()

    @web.middleware
    async def accounted(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[REQUEST_ID] = known = ids.new()
        began = time.perf_counter()
        response = await handler(request)
        took = time.perf_counter() - began
        response.headers["X-Request-Id"] = known
        route = route_of(request)
        method = request.method if request.method in _METHODS else "other"
        _series(method, route, response.status).observe(took)
        if route not in _WATCHED:
            write_line(
                {
                    "id": known,
                    "method": method,
                    "route": route,
                    "status": response.status,
                    "ms": round(took * 1000, 1),
                }
            )
        return response

    return accounted


@web.middleware
async def explain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refusals and errors become a page or a problem document; a bug is logged with its trace."""
    try:
        if not request.body_exists or request.path.startswith(BY_KEY):
            return await handler(request)
        async with asyncio.timeout(BODY_SECONDS):
            return await handler(request)
    except Refusal as refusal:
        return refusal_answer(request, refusal)
    except TimeoutError:
        log.warning("request took too long", id=request.get(REQUEST_ID), route=route_of(request))
        return error_answer(request, 408)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        answer = error_answer(request, error.status)
        told = {name: error.headers[name] for name in _TOLD if name in error.headers}
        answer.headers.extend(told)
        return answer
    except Exception:
        log.exception("request failed", id=request.get(REQUEST_ID), route=route_of(request))
        return error_answer(request, 500)


def limit_rate(limit: RateLimit, client_of: Callable[[web.Request], Client]) -> Middleware:
    """How often one client may ask; those who keep watch are not counted, keys elsewhere, and
    crowds apart."""
    crowd = RateLimit(limit.per_second * CROWD_TIMES, limit.burst * CROWD_TIMES, limit.seconds)

    @web.middleware
    async def limited(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[CLIENT] = client = client_of(request)
        counted = crowd if request.path.startswith(BY_CROWD) else limit
        free = request.path in _WATCHED or request.path.startswith(BY_KEY)
        wait = 0.0 if free else counted.wait(client.key)
        if wait > 0:
            refused = error_answer(request, 429)
            refused.headers["Retry-After"] = str(math.ceil(wait))
            return refused
        return await handler(request)

    return limited


def route_of(request: web.Request) -> str:
    """The pattern of the path, such as `/e/{token}`, never the path itself."""
    resource = request.get(MATCH, request.match_info).route.resource
    return resource.canonical if resource else "none"


@cache
def _series(method: str, route: str, status: int) -> Histogram:
    return HTTP.labels(method, route, status)
