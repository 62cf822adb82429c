"""The partner of the page: a program that asks the API of the product and is told by its webhooks.

Signatures are those of Standard Webhooks (standardwebhooks.com).
"""

import base64
import hashlib
import hmac
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from bot.sandbox.answered import whole
from bot.sandbox.content.text import Json
from bot.sandbox.errors import PageError

ROOT = "/api/"
SECONDS = 30.0
SHOWN_BYTES = 200_000
# A message that is older or from later than that is not of now (the bound of its libraries).
LATE_SECONDS = 300
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_TOLD = ("Content-Type", "ETag", "Location", "Idempotency-Replayed", "Retry-After", "X-Request-Id")


@dataclass(frozen=True, slots=True, repr=False)
class Partner:
    """`name` by language; `api` is the address of the server, without a slash; `secret` is what
    webhooks are signed with (`whsec_…`)."""

    name: Mapping[str, str]
    api: str
    key: str
    secret: str
    http: ClientSession

    async def ask(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Json:
        """The answer, whatever its status. PageError: the server is away, or the call is not one
        of its API."""
        if method not in METHODS or not path.startswith(ROOT) or "/.." in path:
            raise PageError(400, f"expected a method and a path that begins with {ROOT}")
        told = {"Authorization": f"Bearer {self.key}", **headers}
        if body:
            told["Content-Type"] = "application/json"
        began = time.monotonic()
        try:
            async with self.http.request(
                method, self.api + path, data=body.encode() or None, headers=told,
                allow_redirects=False,
            ) as answer:  # fmt: skip
                text = await whole(answer, SHOWN_BYTES)
        except (ClientError, OSError, ValueError) as error:
            raise PageError(502, f"the API did not answer: {type(error).__name__}") from None
        return {
            "status": answer.status,
            "headers": {name: answer.headers[name] for name in _TOLD if name in answer.headers},
            "body": text.decode(errors="replace"),
            "took_ms": round((time.monotonic() - began) * 1000),
        }

    def is_signed(self, headers: Mapping[str, str], body: bytes, now: float) -> bool:
        """Whether it was signed with the secret, and lately."""
        stamp = headers.get("webhook-timestamp", "")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
            return False
        if abs(now - int(stamp)) > LATE_SECONDS:
            return False
        secret = base64.b64decode(self.secret.removeprefix("whsec_"))
        told = b".".join((_raw(headers, "webhook-id"), stamp.encode(), body))
        digest = hmac.new(secret, told, hashlib.sha256).digest()
        good = f"v1,{base64.b64encode(digest).decode()}".encode()
        given = _raw(headers, "webhook-signature").split()
        # Every one is looked at: while a secret is rotated there are two.
        return sum(hmac.compare_digest(good, each) for each in given) > 0


def _raw(headers: Mapping[str, str], name: str) -> bytes:
    """As it was sent: not every header is text."""
    return headers.get(name, "").encode(errors="surrogateescape")


@asynccontextmanager
async def open_partner(
    name: Mapping[str, str], api: str, key: str, secret: str
) -> AsyncIterator[Partner]:
    async with ClientSession(
        timeout=ClientTimeout(total=SECONDS), cookie_jar=DummyCookieJar(), trust_env=False
    ) as http:
        yield Partner(name, api, key, secret, http)
