"""For monitoring: alive, ready, metrics."""

import asyncio
import hmac
from collections.abc import Coroutine
from typing import Any

import orjson
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from backend.platform.database import connection
from backend.platform.settings import Settings
from backend.platform.watch.log import get_log
from backend.restored.unsettled import refuse_while_unsettled
from backend.web.keys import CLIENT, SETTINGS

ROUTES = web.RouteTableDef()
WAIT_SECONDS = 2.0
log = get_log(__name__)


@ROUTES.get("/healthz")
async def alive(_request: web.Request) -> web.Response:
    """The process answers. Nothing else is asked: a database outage is no reason to restart."""
    return _answer({"process": True})


@ROUTES.get("/readyz")
async def ready(request: web.Request) -> web.Response:
    """503 while the database or the queue is away. `issuing` is false while no card is issued
    because the database went back in time: pages and wallets work, so that is no 503."""
    parts = {
        "database": await _works(_ask_database()),
        "queue": await _works(_ask_queue(request.app[SETTINGS])),
    }
    return _answer(parts, issuing=parts["database"] and await _works(_ask_issuing()))


@ROUTES.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """For whoever has KARMAN_METRICS_KEY; without one set, for this machine alone."""
    key = request.app[SETTINGS].metrics_key.get_secret_value()
    given = request.headers.get("Authorization", "")
    if key:
        if not hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {key}".encode()):
            raise web.HTTPUnauthorized
    elif not request[CLIENT].local:
        raise web.HTTPNotFound
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _answer(parts: dict[str, bool], **more: bool) -> web.Response:
    well = all(parts.values())
    return web.Response(
        body=orjson.dumps({"ok": well} | parts | more),
        status=200 if well else 503,
        content_type="application/json",
    )


async def _works(question: Coroutine[Any, Any, None]) -> bool:
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await question
    except Exception as error:  # noqa: BLE001  whatever it is, this process is not ready
        log.warning("not ready", error=f"{type(error).__name__}: {error}")
        return False
    return True


async def _ask_database() -> None:
    await connection().execute_query("SELECT 1")


async def _ask_issuing() -> None:
    await refuse_while_unsettled()


async def _ask_queue(settings: Settings) -> None:
    if settings.redis_url.startswith("memory://"):
        return
    from redis.asyncio import Redis  # noqa: PLC0415  not needed in the embedded default

    async with Redis.from_url(settings.redis_url, socket_connect_timeout=WAIT_SECONDS) as redis:
        await redis.ping()
