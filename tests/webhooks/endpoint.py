"""A partner's endpoint of the tests, as strict as a real one: it verifies with the published
library of Standard Webhooks, and answers as it is told to.

The library knows the real time alone, and tests move the clock: here the signature is compared
at the message's own time. tests/webhooks/test_sending.py verifies one as everybody does.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook as Verifier

from tests.support.edge.gateways import serving

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Endpoint:
    """`answers` are given one after the other, then `always`. What a signature is not good for is
    answered 401."""

    secret: str = ""
    always: int = 204
    otherwise: Answer | None = None
    answers: list[int | Answer] = field(default_factory=list)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    raw: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if request.method != "POST" or request.content_type != "application/json":
            return web.Response(status=405)
        body = await request.text()
        self.raw.append((body, dict(request.headers)))
        if self.secret and not self.is_signed(body, request.headers):
            return web.Response(status=401)
        self.got.append((request.headers["webhook-id"], json.loads(body)))
        answer = self.answers.pop(0) if self.answers else self.otherwise or self.always
        return web.Response(status=answer) if isinstance(answer, int) else await answer(request)

    def is_signed(self, body: str, headers: Mapping[str, str]) -> bool:
        known = {name.lower(): value for name, value in headers.items()}
        moment = datetime.fromtimestamp(int(known["webhook-timestamp"]), UTC)
        wanted = Verifier(self.secret).sign(known["webhook-id"], moment, body)
        return wanted in known["webhook-signature"].split(" ")

    @property
    def types(self) -> list[str]:
        return [message["type"] for _, message in self.got]

    @property
    def ids(self) -> list[str]:
        return [name for name, _ in self.got]


@asynccontextmanager
async def standing(endpoint: Endpoint) -> AsyncIterator[str]:
    async with serving("/hook", endpoint) as url:
        yield url
