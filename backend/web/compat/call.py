"""One call of a partner's program, and how it is answered: once under each transaction id."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from backend.access.answer_once import (
    FACADES,
    AskedOtherwise,
    Given,
    Request,
    answer_once,
    change,
)
from backend.access.facade_settings import FacadeSettings
from backend.platform.context import Context
from backend.reading.reader import Reader
from backend.web.compat.wrong import Wrong
from backend.web.keys import MATCH
from backend.webhooks.request import Ways
from catalog.tenant import Scope
from models.facade import LONGEST_TRANSACTION, FacadeLogin

JSON = "application/json; charset=utf-8"
_HEADERS = ("X-Transaction-Id", "Idempotency-Key")
_NAME = "transactionId"


@dataclass(frozen=True, slots=True)
class Call:
    """`body` is the object that was sent, `data` its bytes. `reader` decodes
    pictures, `ways` lead to the internet."""

    ctx: Context
    login: FacadeLogin
    settings: FacadeSettings
    scope: Scope
    request: web.Request
    base_url: str
    reader: Callable[[], Reader]
    ways: Callable[[], Awaitable[Ways]]
    data: bytes = b""
    body: Mapping[str, Any] = field(default_factory=dict)
    # What was made ready before the transaction.
    ready: tuple[Any, ...] = ()

    @property
    def path(self) -> Mapping[str, str]:
        return dict(self.request[MATCH].items())

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query


Work = Callable[[Call], Awaitable[Any]]
Ready = Callable[[Call], Awaitable[Call]]


def given(value: Any, status: int = 200) -> Given:
    """None is an empty body."""
    body = b"" if value is None else orjson.dumps(value)
    return Given(status, {"Content-Type": JSON}, body)


def transaction_of(call: Call) -> str:
    """The caller's own: in a header, in the address, or in the body. Raises Wrong."""
    headers = [call.request.headers.get(name, "") for name in _HEADERS]
    told = [*headers, call.query.get(_NAME, ""), call.body.get(_NAME)]
    named = next((each for each in told if each not in (None, "")), "")
    text = str(named) if isinstance(named, str | int) else ""
    if named and (not text or len(text) > LONGEST_TRANSACTION or not text.isprintable()):
        expected = f"at most {LONGEST_TRANSACTION} printable characters"
        raise Wrong(400, _NAME, f"{_NAME}: expected {expected}")
    return text


def digest_of(call: Call) -> str:
    """Of all that is asked."""
    asked = f"{call.request.method} {call.request.rel_url.raw_path_qs}\0".encode()
    return hashlib.sha256(asked + call.data).hexdigest()


async def once(
    call: Call,
    work: Callable[[], Awaitable[Given]],
    refused: Callable[[Exception], Given | None],
    digest: str = "",
) -> Given:
    """All of it or nothing, in one transaction with its answer. The same transaction id again is
    answered the same; with another body it is refused. Raises Wrong, and what `work` raises and
    `refused` does not answer."""
    named = transaction_of(call)
    if not named:
        return await change(work)
    asked = Request(call.login.id, named, digest or digest_of(call), FACADES)
    try:
        return await answer_once(call.ctx, asked, work, refused)
    except AskedOtherwise:
        raise Wrong(409, _NAME, f"{_NAME} came before with another call") from None
