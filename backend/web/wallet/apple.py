"""Apple's web service for passes, as its devices ask for it: status codes, tags and headers are
theirs. Whoever has no pass's token learns nothing, not even whether there is such a pass.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import orjson
from aiohttp import web

from backend.platform.context import SOMEBODY, Context
from backend.platform.door import WALLET
from backend.platform.watch.log import get_log
from backend.platform.watch.redact import redact
from backend.wallets.apple.devices import register, unregister, updated_since
from backend.wallets.give_pass import find_pass
from backend.wallets.token import opens
from backend.web.keys import CLIENT, CTX, REQUEST_ID
from backend.web.rate_limit import RateLimit
from backend.web.unpacked import unpacked
from backend.web.wallet.drawn import answer_with
from models.wallet_pass import WalletKind, WalletPass

LARGEST = 16 * 1024
LOG_LINES, LOG_LENGTH = 10, 400
_BASE = "/wallet/apple/v1"
_REGISTRATIONS = f"{_BASE}/devices/{{device}}/registrations/{{type}}"
_AUTHORIZED = re.compile(r"ApplePass ([0-9a-f]{1,128})")
_APNS_TOKEN = re.compile(r"[0-9A-Za-z_-]{8,200}")
# Tokens of passes and of devices, which stand in what a device complains of.
_SECRET = re.compile(r"[0-9A-Fa-f]{32,}")
_TAG = re.compile(r"[0-9]{1,18}")
_NO_STORE = {"Cache-Control": "no-store"}
# Of one address: a device that complains says it a few times.
COMPLAINTS: web.AppKey[RateLimit] = web.AppKey("complaints")
log = get_log(__name__)


def _answer(status: int, body: bytes = b"") -> web.Response:
    type_ = "application/json" if body else None
    return web.Response(status=status, body=body or None, content_type=type_, headers=_NO_STORE)


def _acting(request: web.Request) -> Context:
    return request.app[CTX].acting(SOMEBODY, WALLET, request.get(REQUEST_ID, ""))


async def _held(request: web.Request, ctx: Context) -> WalletPass | None:
    """The pass whose token was shown; None of any other, whether there is one or not."""
    serial = request.match_info["serial"]
    shown = _AUTHORIZED.fullmatch(request.headers.get("Authorization", ""))
    if shown is None or not opens(ctx.vault, serial, shown.group(1)):
        return None
    held = await find_pass(serial)
    if held is None or held.wallet is not WalletKind.APPLE:
        return None
    return held if held.issuer == request.match_info["type"] else None


async def registered(request: web.Request) -> web.Response:
    """201: new, 200: known already, and its token is the newest now."""
    ctx = _acting(request)
    held = await _held(request, ctx)
    if held is None:
        return _answer(401)
    token = (await _said(request)).get("pushToken")
    if not isinstance(token, str) or not _APNS_TOKEN.fullmatch(token):
        return _answer(400)
    new = await register(ctx, held, request.match_info["device"], token)
    return _answer(201 if new else 200)


async def unregistered(request: web.Request) -> web.Response:
    ctx = _acting(request)
    held = await _held(request, ctx)
    if held is None:
        return _answer(401)
    await unregister(ctx, held, request.match_info["device"])
    return _answer(200)


async def changed(request: web.Request) -> web.Response:
    """Asked without a token: who knows a device's name learns serials, which open nothing."""
    tag = request.query.get("passesUpdatedSince", "")
    since = int(tag) if _TAG.fullmatch(tag) else 0
    info = request.match_info
    found = await updated_since(_acting(request), info["device"], info["type"], since)
    if found is None:
        return _answer(204)
    # The tag is a text: devices that are given a number never fetch anything.
    said = {"serialNumbers": found.serials, "lastUpdated": found.last}
    return _answer(200, orjson.dumps(said))


async def fetched(request: web.Request) -> web.StreamResponse:
    ctx = _acting(request)
    held = await _held(request, ctx)
    if held is None:
        return _answer(401)
    since = _since(request.headers.get("If-Modified-Since", ""))
    return await answer_with(request, ctx, held, since)


def _since(text: str) -> datetime | None:
    try:
        said = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return said if said.tzinfo else said.replace(tzinfo=UTC)


async def complained(request: web.Request) -> web.Response:
    """What a device could not do with a pass: a few short lines go to the log."""
    client = request[CLIENT].key
    if request.app[COMPLAINTS].wait(client) > 0:
        return _answer(429)
    lines = (await _said(request)).get("logs")
    for line in lines[:LOG_LINES] if isinstance(lines, list) else ():
        if isinstance(line, str):
            said = _SECRET.sub("…", redact(line[:LOG_LENGTH]))
            log.info("a device complains of a pass", said=said)
    return _answer(200)


async def _said(request: web.Request) -> Mapping[str, Any]:
    """Bounded; what is no object says nothing."""
    held = bytearray()
    async for chunk in unpacked(request):
        held += chunk
        if len(held) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(held))
    try:
        said = orjson.loads(held)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


ROUTES = [
    web.post(f"{_REGISTRATIONS}/{{serial}}", registered),
    web.delete(f"{_REGISTRATIONS}/{{serial}}", unregistered),
    web.get(_REGISTRATIONS, changed, allow_head=False),
    web.get(f"{_BASE}/passes/{{type}}/{{serial}}", fetched, allow_head=False),
    web.post(f"{_BASE}/log", complained),
]
