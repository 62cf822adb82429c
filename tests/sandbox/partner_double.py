"""An API that says what it was asked, and webhooks signed by the published library."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from standardwebhooks import Webhook

from bot.sandbox.partner import open_partner
from bot.sandbox.server import Sandbox

NAME = {"ru": "ООО «Лавка»", "en": "Lavka LLC"}
LINK = "https://karman.example/k/Zk3vX0q9"
SECRET = "whsec_" + "a2FybWFu" * 4
JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Api:
    server: TestServer
    heard: list[dict[str, Any]]


@asynccontextmanager
async def with_partner(sandbox: Sandbox) -> AsyncIterator[Api]:
    """The page of the sandbox has a partner, whose API has one card."""
    heard: list[dict[str, Any]] = []

    async def tell(request: web.Request) -> web.Response:
        heard.append(_heard(request, await request.text()))
        told = {"items": [{"id": 7, "customer": 3}], "link": LINK}
        return web.json_response(told, status=201, headers={"ETag": '"1"', "Server": "no matter"})

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", tell)
    server = TestServer(app)
    await server.start_server()
    where = str(server.make_url("")).rstrip("/")
    try:
        async with open_partner(NAME, where, "karman_key", SECRET) as partner:
            sandbox.box.partner = partner
            yield Api(server, heard)
    finally:
        await server.close()


def _heard(request: web.Request, body: str) -> dict[str, Any]:
    return {
        "method": request.method,
        "path": str(request.rel_url),
        "key": request.headers.get("Authorization"),
        "idempotency": request.headers.get("Idempotency-Key"),
        "body": body,
    }


def signed(body: str, secret: str = SECRET, at: datetime | None = None) -> dict[str, str]:
    at = at or datetime.now(UTC)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, body),
        **JSON,
    }


TOLD = json.dumps({"type": "card.registered", "timestamp": "2026-11-27T12:30:00.000Z", "data": {}})
