"""The API as a part of the HTTP application."""

from aiohttp import web

from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.api import docs, document
from backend.web.api.admit import Admission
from backend.web.api.limits import Limits, make_limits
from backend.web.api.operations import OPERATIONS
from backend.web.api.serve import Door
from backend.web.rate_limit import RateLimit


def add_api(
    app: web.Application,
    settings: Settings,
    ctx: Context,
    strangers: RateLimit,
    limits: Limits | None = None,
) -> None:
    counted = limits or make_limits(settings.redis_url, settings.api_per_second)
    door = Door(ctx, Admission(ctx, counted, strangers))
    for operation in OPERATIONS:
        app.router.add_route(operation.method, operation.whole_path, door.handler(operation))
    app.add_routes(document.ROUTES)
    app.add_routes(docs.ROUTES)
    app.cleanup_ctx.append(door.run)
