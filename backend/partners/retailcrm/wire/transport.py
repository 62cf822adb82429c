"""Requests to RetailCRM: how they are written, and what their answers mean.

A body is form fields, of which those with a structure hold JSON; a query is written as PHP does,
`filter[loyalties][0]=3`. Every answer is a JSON object with `success`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import aiohttp

from backend.partners.retailcrm.wire.errors import Away, KeyRefused, NotFound, Refused, TooMany
from backend.partners.retailcrm.wire.pace import Pace

# A documented limit of the vendor's.
PER_SECOND = 10.0
LARGEST_ANSWER = 4 * 1024 * 1024
Json = dict[str, Any]


class Transport:
    """`url` is https://<account>.retailcrm.ru; `pace` is the key's, whoever else uses it."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, key: str, pace: Pace | None = None
    ) -> None:
        self._session = session
        self._root = url.rstrip("/") + "/api/"
        self._headers = {"X-API-KEY": key, "Accept": "application/json"}
        self._pace = pace or Pace(PER_SECOND)

    async def get(
        self, path: str, query: Mapping[str, Any] | None = None, *, version: str = "v5/"
    ) -> Json:
        """Raises RetailCrmError."""
        return await self._asked("GET", version + path, params=dict(flattened(query or {})))

    async def post(self, path: str, body: Mapping[str, Any]) -> Json:
        """Raises RetailCrmError."""
        return await self._asked("POST", "v5/" + path, data=form(body))

    async def _asked(self, method: str, path: str, **more: Any) -> Json:
        await self._pace.place()
        try:
            async with self._session.request(
                method, self._root + path, headers=self._headers, allow_redirects=False, **more
            ) as answer:
                data = await answer.content.read(LARGEST_ANSWER + 1)
                while len(data) <= LARGEST_ANSWER and (rest := await answer.content.readany()):
                    data += rest
        except (aiohttp.ClientError, TimeoutError, OSError) as away:
            raise Away(0, type(away).__name__) from away
        return understood(answer.status, data, answer.headers.get("Retry-After", ""))


def understood(status: int, data: bytes, retry_after: str = "") -> Json:
    """The object that was answered. Raises RetailCrmError."""
    told = _object(data)
    message = str((told or {}).get("errorMsg") or "")
    if status == 429 or (status == 503 and (retry_after or "limit" in message.lower())):
        raise TooMany(status, message, _seconds(retry_after))
    if status >= 500:
        raise Away(status, message, _seconds(retry_after))
    if status in {401, 403, 405} or 300 <= status < 400:
        # 405 in HTML is how it says that there is no such account.
        raise KeyRefused(status, message or "no answer of the API")
    if told is None:
        raise Away(status, "an answer that is no JSON object")
    if status == 404:
        raise NotFound(status, message)
    if status >= 400 or told.get("success") is not True:
        raise Refused(status, message, _errors(told.get("errors")))
    return told


def _object(data: bytes) -> Json | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _errors(told: Any) -> dict[str, str]:
    """By field; a list of sentences comes, too."""
    if isinstance(told, dict):
        return {str(field): str(text) for field, text in told.items()}
    return {str(place): str(text) for place, text in enumerate(told)} if told else {}


def _seconds(text: str) -> float:
    return min(float(text), 3600.0) if text.isascii() and text.isdigit() else 0.0


def form(body: Mapping[str, Any]) -> dict[str, str]:
    """What has a structure as JSON, without what is None."""
    return {name: _field(value) for name, value in body.items() if value is not None}


def _field(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def flattened(query: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        key = f"{within}[{name}]" if within else name
        if isinstance(value, Mapping):
            yield from flattened(value, key)
        elif isinstance(value, list | tuple):
            yield from flattened({str(n): each for n, each in enumerate(value)}, key)
        elif value not in (None, ""):
            yield key, str(value)
