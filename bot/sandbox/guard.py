"""Keeps strangers out: only this machine's names as Host, only this page as Origin."""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.sandbox.bot_api import json_answer
from bot.sandbox.errors import PageError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=()",
}
_BODIES = ("application/json", "multipart/form-data", "application/octet-stream")


def _host(address: str) -> str:
    try:
        return (urlsplit(f"//{address}").hostname or "").lower()
    except ValueError:
        return ""


def _stranger(request: web.Request, known: frozenset[str]) -> str | None:
    """Why the request is refused, if it is."""
    if _host(request.headers.get("Host", "")) not in known:
        return "this server answers under its own address only"
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin.split("://")[-1] != request.headers.get("Host")
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return "another site may not call this server"
    page_call = request.path.startswith("/sandbox/") and request.method == "POST"
    if page_call and request.can_read_body and request.content_type not in _BODIES:
        return "the body must be JSON or multipart"
    return None


def make_guard(listen_host: str) -> Middleware:
    """The outermost middleware: refuses strangers, answers page errors, hardens every answer."""
    known = LOOPBACK | {listen_host.strip("[]").lower()}

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        reason = _stranger(request, known)
        if reason:
            return json_answer(403, {"error": reason})
        try:
            return await handler(request)
        except PageError as refused:
            return json_answer(refused.status, {"error": refused.reason})
        except OverflowError:
            return json_answer(400, {"error": "a number is out of range"})

    return guard


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: security headers on everything that leaves."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path == "/" or request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-cache")
