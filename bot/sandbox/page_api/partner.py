"""The partner's side of the page: calls of the API, and the webhooks that arrive."""

import orjson
from aiohttp import web

from bot.sandbox.content.text import Json
from bot.sandbox.errors import PageError
from bot.sandbox.page_api.asking import answer, body_of, box_of, maybe_words, words
from bot.sandbox.page_api.outside import keep, newest
from bot.sandbox.partner import Partner
from bot.sandbox.people import all_people

_HEADERS = ("Idempotency-Key", "If-Match", "Accept-Language")
WEBHOOK_BYTES = 1_000_000


def _partner(request: web.Request) -> Partner:
    found = box_of(request).partner
    if found is None:
        raise PageError(404, "this sandbox has no partner")
    return found


async def partner(request: web.Request) -> web.Response:
    """Without a partner: `{}`."""
    found = box_of(request).partner
    if found is None:
        return answer({})
    return answer({"name": dict(found.name), "api": found.api})


async def ask(request: web.Request) -> web.Response:
    """`{"method", "path", "body"?: JSON as text, "headers"?: {…}}` → what the API answered."""
    found, body = _partner(request), await body_of(request)
    given = body.get("headers", {})
    if not isinstance(given, dict):
        raise PageError(400, "headers must be an object")
    headers = {name: words(given, name) for name in _HEADERS if given.get(name)}
    if any("\r" in value or "\n" in value for value in headers.values()):
        raise PageError(400, "a header is one line")
    said = maybe_words(body, "body") or ""
    return answer(await found.ask(words(body, "method"), words(body, "path"), said, headers))


async def webhook(request: web.Request) -> web.Response:
    """What is not signed is shown as such and refused, as a partner's program would."""
    found, box = _partner(request), box_of(request)
    raw = await request.read()
    if len(raw) > WEBHOOK_BYTES:
        raise PageError(413, f"expected at most {WEBHOOK_BYTES} bytes")
    signed = found.is_signed(request.headers, raw, box.clock())
    told = _message(raw)
    item: Json = {
        "message": request.headers.get("webhook-id", "").encode(errors="replace").decode(),
        "type": told.get("type") if isinstance(told.get("type"), str) else "",
        "signed": signed,
        "body": raw.decode(errors="replace"),
    }
    item = keep(box, "webhook", item)
    everyone = [person.id for person in all_people(box)]
    box.hub.tell_all(everyone, {"type": "webhook", "item": item})
    return web.Response(status=204 if signed else 401)


def _message(raw: bytes) -> Json:
    try:
        told = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


async def webhooks(request: web.Request) -> web.Response:
    return answer(newest(box_of(request), "webhook"))
