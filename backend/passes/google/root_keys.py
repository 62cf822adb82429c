"""The root keys that Google publishes, kept as long as it says."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from aiohttp import ClientError, ClientSession

from backend.passes.google.callback import PROTOCOL, NotGoogles, RootKey, moment, public_key
from backend.platform.clock import Clock
from backend.platform.failures import TryLater
from backend.platform.world.http import whole

PATH = "/gp/m/issuer/keys"
MOST_BYTES = 64 * 1024
_MOST_KEYS = 50
_LEAST, _USUAL, _MOST = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
# Whoever sends forgeries must not make us ask Google for each.
APART = timedelta(minutes=1)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age=([0-9]{1,9})(?:$|[,\s])")


class RootKeys:
    """Of one process."""

    def __init__(self, http: ClientSession, pay_url: str, clock: Clock) -> None:
        self._http, self._url, self._clock = http, pay_url + PATH, clock
        self._asking = asyncio.Lock()
        self._keys: Sequence[RootKey] = ()
        self._until: datetime | None = None
        self._asked: datetime | None = None

    async def current(self, *, anew: bool = False) -> Sequence[RootKey]:
        """`anew`: a message was signed by none of them, so there may be others by now. Raises
        TryLater where there are none at all."""
        async with self._asking:
            now = self._clock()
            stale = self._until is None or self._until <= now
            if (stale or anew) and (self._asked is None or now - self._asked >= APART):
                self._asked = now
                await self._ask(now)
            if not any(key.ends > now for key in self._keys):
                raise TryLater("Google's root keys are not known")
            return self._keys

    async def _ask(self, now: datetime) -> None:
        """What is known stays where nothing comes."""
        try:
            async with self._http.get(self._url, allow_redirects=False) as answer:
                body = await whole(answer.content, MOST_BYTES)
                held = _held(answer.headers.get("Cache-Control", ""))
        except (ClientError, TimeoutError):
            return
        if answer.status == 200 and (keys := tuple(_keys(body))):
            self._keys, self._until = keys, now + held


def _held(said: str) -> timedelta:
    found = _MAX_AGE.search(said.lower())
    return min(max(timedelta(seconds=int(found[1])), _LEAST), _MOST) if found else _USUAL


def _keys(body: bytes) -> Iterator[RootKey]:
    try:
        told: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return
    every = told.get("keys") if isinstance(told, dict) else None
    for each in every[:_MOST_KEYS] if isinstance(every, list) else ():
        if not isinstance(each, dict) or each.get("protocolVersion") != PROTOCOL:
            continue
        try:
            yield RootKey(public_key(str(each.get("keyValue"))), moment(each.get("keyExpiration")))
        except NotGoogles:
            continue
