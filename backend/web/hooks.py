"""Where accounts' own systems call when something has happened there.

An answer is quick: what was said is looked up afterwards, by the worker.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from backend.hooks.hear import hear
from backend.partners.said import NotTheirs
from backend.platform.context import SOMEBODY
from backend.platform.door import HOOKS
from backend.web.keys import CTX, REQUEST_ID
from backend.web.unpacked import unpacked

LARGEST = 64 * 1024
MOST_FIELDS = 200
_DEEPEST = 6


async def called(request: web.Request) -> web.Response:
    """Refuses with webhook_not_found."""
    ctx = request.app[CTX].acting(SOMEBODY, HOOKS, request.get(REQUEST_ID, ""))
    given = dict(request.query) | await _given(request)
    try:
        heard = await hear(ctx, request.match_info["token"], given)
    except NotTheirs:
        raise web.HTTPForbidden from None
    state = "accepted" if heard else "nothing"
    return web.json_response({"state": state}, headers={"Cache-Control": "no-store"})


async def _given(request: web.Request) -> dict[str, str]:
    """A form, or JSON named as a form would be: `data[FIELDS][ID]`."""
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)
    held = bytearray()
    async for chunk in unpacked(request):
        held += chunk
        if len(held) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(held))
    if request.content_type == "application/json":
        return dict(_flat(_json(bytes(held))))
    return dict(_form(bytes(held)))


def _form(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        text = data.decode("utf-8")
        yield from parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise web.HTTPUnprocessableEntity from None


def _json(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        raise web.HTTPUnprocessableEntity from None


def _flat(value: Any, name: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for key, each in list(value.items())[:MOST_FIELDS]:
            yield from _flat(each, f"{name}[{key}]" if name else str(key), depth + 1)
    elif name and isinstance(value, str | int) and not isinstance(value, bool):
        yield name, str(value)


ROUTES = [web.post("/hooks/{token:[0-9A-Za-z_]{1,100}}", called)]
