"""A partner's program that asks the API with a key of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

import aiohttp
import orjson

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from models.account import Account

_requests = count(1)


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered."""

    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode(errors="replace")

    @property
    def json(self) -> Any:
        return orjson.loads(self.text)

    @property
    def code(self) -> str:
        return str(self.json.get("code"))

    @property
    def etag(self) -> str:
        return self.headers["ETag"]

    @property
    def but_request_id(self) -> Any:
        return {name: value for name, value in self.json.items() if name != "request_id"}


@dataclass(frozen=True, slots=True)
class Caller:
    """`caller.get("/account")`, `caller.post("/accounts", {…})`."""

    session: aiohttp.ClientSession
    key: str = ""

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
    ) -> Told:
        told = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        if body is not None:
            data, told["Content-Type"] = orjson.dumps(body), "application/json"
        if method == "POST":
            told["Idempotency-Key"] = f"test-{next(_requests)}"
        whole = path if path.startswith("/api/") else f"/api/v1{path}"
        sent = {**told, **(headers or {})}
        stream = None if data is None else BytesIO(data)
        async with self.session.request(method, whole, data=stream, headers=sent) as answer:
            return Told(answer.status, answer.headers, await answer.read())

    async def get(self, path: str, **headers: str) -> Told:
        return await self.ask("GET", path, headers=_named(headers))

    async def post(self, path: str, body: Any, **headers: str) -> Told:
        return await self.ask("POST", path, body, headers=_named(headers))

    async def put(self, path: str, body: Any, **headers: str) -> Told:
        return await self.ask("PUT", path, body, headers=_named(headers))

    async def delete(self, path: str, **headers: str) -> Told:
        return await self.ask("DELETE", path, headers=_named(headers))


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    """`if_match="…"` is If-Match."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


async def caller(
    session: aiohttp.ClientSession,
    ctx: Context,
    account: Account | None,
    rights: frozenset[Right] | None = None,
) -> Caller:
    """With a key of the account, or of the operator; with every right but the operator's unless
    others are named."""
    wanted = frozenset(Right) - {Right.OPERATOR} if rights is None else rights
    order = KeyOrder(account.id if account else None, "test", wanted)
    issued = await issue_key(ctx.acting(OPERATOR, CLI), order)
    return Caller(session, issued.text)
