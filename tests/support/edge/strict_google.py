"""Google Wallet in the tests: it takes what its schema and its rules let through, wants a token
that a signed grant was given for, merges patches part by part, and lights up a phone three times a
day.

`trouble` is used up from its beginning: a status to answer with instead, or LOST for a connection
that ends once the work is done.
"""

import base64
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import orjson
from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from backend.platform.clock import Clock
from tests.support.edge.google_rules import MOST, class_mistakes, object_mistakes
from tests.support.edge.google_schema import mistakes

LOST = -1
MOST_LIT = 3
DAY = timedelta(hours=24)
_SCOPE = "https://www.googleapis.com/auth/wallet_object.issuer"
_SEEN = ("loyaltyPoints", "secondaryLoyaltyPoints")
_RULES = {"loyaltyClass": class_mistakes, "loyaltyObject": object_mistakes}


@dataclass
class Lit:
    """When a phone lit up, and for what."""

    object_id: str
    at: datetime
    message: str = ""


@dataclass
class StrictGoogle:
    """`kept`: what it has, by kind and id. `refused`: what no real one would ever be asked."""

    issuer: str
    email: str
    key: RSAPublicKey
    clock: Clock
    kept: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    lit: list[Lit] = field(default_factory=list)
    grants: int = 0
    tokens: set[str] = field(default_factory=set)
    trouble: deque[int] = field(default_factory=deque)
    refused: list[str] = field(default_factory=list)
    root_keys: dict[str, Any] = field(default_factory=lambda: {"keys": []})
    keys_asked: int = 0

    def object(self, serial: str) -> dict[str, Any] | None:
        return self.kept.get(("loyaltyObject", f"{self.issuer}.{serial}"))

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/token", self._token)
        app.router.add_get("/gp/m/issuer/keys", self._keys)
        app.router.add_route("*", "/walletobjects/v1/{rest:.*}", self._wallet)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _keys(self, _: web.Request) -> web.Response:
        self.keys_asked += 1
        return web.json_response(self.root_keys, headers={"Cache-Control": "public, max-age=7200"})

    async def _token(self, request: web.Request) -> web.Response:
        form = parse_qs(await request.text())
        if form.get("grant_type") != ["urn:ietf:params:oauth:grant-type:jwt-bearer"]:
            return web.json_response({"error": "unsupported_grant_type"}, status=400)
        signed, _, signature = form["assertion"][0].rpartition(".")
        claims = orjson.loads(_unpacked(signed.split(".")[1]))
        self.key.verify(_unpacked(signature), signed.encode(), PKCS1v15(), hashes.SHA256())
        moment = self.clock().timestamp()
        if (
            (claims["iss"], claims["aud"], claims["scope"])
            != (self.email, str(request.url), _SCOPE)
            or not claims["iat"] <= moment <= claims["exp"]
            or claims["exp"] - claims["iat"] > 3600
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        self.grants += 1
        token = f"ya29.{self.grants}"
        self.tokens.add(token)
        return web.json_response(
            {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}
        )

    async def _wallet(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return _said(401, "UNAUTHENTICATED")
        trouble = self.trouble.popleft() if self.trouble else 0
        if trouble > 0:
            headers = {"Retry-After": "30"} if trouble == 429 else {}
            return _said(trouble, "RESOURCE_EXHAUSTED" if trouble == 429 else "NO", headers)
        self.asked.append((request.method, request.match_info["rest"]))
        answer = self._answered(request, await request.read())
        if trouble == LOST:
            assert request.transport is not None
            request.transport.close()
        return answer

    def _answered(self, request: web.Request, body: bytes) -> web.Response:
        kind, *named = request.match_info["rest"].split("/")
        if kind == "issuer" and request.method == "GET":
            return self._issuer(named)
        if request.content_type != "application/json" or request.query.get("strict") != "true":
            return self._no("no strict JSON")
        if kind not in _RULES:
            return _said(404, "NOT_FOUND")
        return self._written(request.method, kind, named, orjson.loads(body))

    def _issuer(self, named: list[str]) -> web.Response:
        known = named == [self.issuer]
        return web.json_response({"issuerId": self.issuer}) if known else _said(403, "NO")

    def _written(
        self, verb: str, kind: str, named: list[str], given: dict[str, Any]
    ) -> web.Response:
        if named[1:] == ["addMessage"] and verb == "POST":
            return self._message(kind, named[0], given)
        if verb == "POST" and not named:
            return self._added(kind, given)
        if verb in {"PUT", "PATCH"} and len(named) == 1:
            return self._changed(kind, named[0], given, verb)
        return _said(404, "NOT_FOUND")

    def _added(self, kind: str, given: dict[str, Any]) -> web.Response:
        if wrong := _RULES[kind](given, self.issuer):
            return self._no(*wrong)
        if (kind, given["id"]) in self.kept:
            return _said(409, "ALREADY_EXISTS")
        return self._kept(kind, given)

    def _changed(self, kind: str, id_: str, given: dict[str, Any], verb: str) -> web.Response:
        before = self.kept.get((kind, id_))
        if before is None:
            return _said(404, "NOT_FOUND")
        after = merged(before, given) if verb == "PATCH" else given
        notify = after.pop("notifyPreference", "") == "NOTIFY_ON_UPDATE"
        after.setdefault("id", id_)
        if wrong := _RULES[kind](after, self.issuer):
            return self._no(*wrong)
        if after["id"] != id_:
            return self._no("an id never changes")
        seen = [[each.get(name, {}).get("balance") for name in _SEEN] for each in (before, after)]
        if notify and seen[0] != seen[1] and self._may_light(id_):
            self.lit.append(Lit(id_, self.clock()))
        return self._kept(kind, after)

    def _kept(self, kind: str, given: dict[str, Any]) -> web.Response:
        if kind == "loyaltyObject" and ("loyaltyClass", given["classId"]) not in self.kept:
            return self._no(f"{given['classId']}: there is no such class")
        self.kept[kind, given["id"]] = deepcopy(given)
        return web.json_response(given)

    def _message(self, kind: str, id_: str, given: dict[str, Any]) -> web.Response:
        there = self.kept.get((kind, id_))
        if there is None:
            return _said(404, "NOT_FOUND")
        message = given.get("message", {})
        messages = there.setdefault("messages", [])
        wrong = mistakes("AddMessageRequest", given)
        if wrong or not message.get("id") or len(messages) >= MOST:
            return self._no(*wrong, f"messages: {len(messages)}, id {message.get('id')}")
        if message.get("messageType") == "TEXT_AND_NOTIFY":
            if not self._may_light(id_):
                told = {"error": {"code": 403, "message": "QuotaExceededException"}}
                return web.json_response(told, status=403)
            self.lit.append(Lit(id_, self.clock(), message["id"]))
        messages.append(message)
        return web.json_response({"resource": there})

    def _may_light(self, id_: str) -> bool:
        since = self.clock() - DAY
        return sum(each.object_id == id_ and each.at > since for each in self.lit) < MOST_LIT

    def _no(self, *why: str) -> web.Response:
        self.refused += why
        return _said(400, "INVALID_ARGUMENT")


def merged(before: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """A list is replaced, a part is merged, what is null goes."""
    after = deepcopy(before)
    for name, value in given.items():
        if value is None:
            after.pop(name, None)
        elif isinstance(value, dict):
            old = after.get(name)
            after[name] = merged(old if isinstance(old, dict) else {}, value)
        elif value == []:
            after.pop(name, None)
        else:
            after[name] = value
    return after


def _said(status: int, word: str, headers: dict[str, str] | None = None) -> web.Response:
    told = {"error": {"code": status, "message": "Анна Ёлкина 4600000000015", "status": word}}
    return web.json_response(told, status=status, headers=headers)


def _unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
