"""A shop's site that was written for OSMI Cards, and knows nothing of Karman.

Digest is left to libraries that nobody here wrote: aiohttp's (which takes the first challenge, MD5)
and requests' (which takes SHA-256).
"""

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
import orjson
import requests
from requests.auth import HTTPDigestAuth


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    data: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.data)

    @property
    def code(self) -> int:
        return int(self.json["RCODE"])


class Osmi(Protocol):
    async def ask(self, method: str, path: str, body: Any = None) -> Answer: ...


@dataclass
class ByAiohttp:
    base: str
    api_id: str
    api_key: str

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        digest = aiohttp.DigestAuthMiddleware(self.api_id, self.api_key)
        async with (
            aiohttp.ClientSession(middlewares=(digest,)) as session,
            session.request(method, self.base + path, json=body) as answer,
        ):
            return Answer(answer.status, await answer.read())


@dataclass
class ByRequests:
    base: str
    api_id: str
    api_key: str

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        return await asyncio.to_thread(self._ask, method, path, body)

    def _ask(self, method: str, path: str, body: Any) -> Answer:
        auth = HTTPDigestAuth(self.api_id, self.api_key)
        answer = requests.request(method, self.base + path, json=body, auth=auth, timeout=30)
        return Answer(answer.status_code, answer.content)


@dataclass
class ByToken:
    base: str
    token: str

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(method, self.base + path, json=body) as answer,
        ):
            return Answer(answer.status, await answer.read())


def values(balance: str, **more: str) -> dict[str, Any]:
    """The body that Mindbox's manual has for it."""
    told = {"КЛИЕНТ": "Анна", "БАЛАНС": balance, **more}
    return {
        "noSharing": False,
        "values": [{"label": label, "value": value} for label, value in told.items()],
    }
