"""The page behind the link in a letter: works in any browser, without a login, without scripts.

Looking (GET, HEAD) changes nothing, because mail scanners and previews open every link; only
the button (POST) confirms.
"""

from aiohttp import web

from backend.customers.contacts.verify_link import (
    Link,
    LinkState,
    confirm_link,
    read_link,
    send_link_again,
)
from backend.platform.context import Context
from backend.web.keys import CTX
from backend.web.pages.render import page
from models.refusal import Code, Refusal

ROUTES = web.RouteTableDef()
DOOR = "page:confirm_email"
_STATUS = {LinkState.BROKEN: 404, LinkState.EXPIRED: 410, LinkState.REPLACED: 410}
_LIMITS = {Code.CODE_TOO_SOON, Code.TOO_MANY_CODES}


@ROUTES.get("/e/{token}")
async def look(request: web.Request) -> web.Response:
    return _shown(request, await read_link(_ctx(request), request.match_info["token"]))


@ROUTES.post("/e/{token}")
async def press(request: web.Request) -> web.Response:
    """`action`: confirm, mine (it is mine now) or again (another letter)."""
    ctx, token = _ctx(request), request.match_info["token"]
    action = (await request.post()).get("action")
    if action == "again":
        return await _again(request, token)
    if action not in {"confirm", "mine"}:
        return _shown(request, await read_link(ctx, token))
    return _shown(request, await confirm_link(ctx, token, mine_now=action == "mine"))


async def _again(request: web.Request, token: str) -> web.Response:
    ctx = _ctx(request)
    try:
        asked = await send_link_again(ctx, token)
    except Refusal as refusal:
        if refusal.code not in _LIMITS:
            raise
        return _shown(request, await read_link(ctx, token), note="wait", status=429)
    link = await read_link(ctx, token)
    return _shown(request, link, note="sent" if asked is not None else "")


def _ctx(request: web.Request) -> Context:
    return request.app[CTX].through(DOOR)


def _shown(
    request: web.Request, link: Link, *, note: str = "", status: int | None = None
) -> web.Response:
    response = page(
        request,
        "confirm_email.html",
        state=link.state.value,
        note=note,
        address=_masked(link.address),
    )
    response.set_status(status or (200 if note else _STATUS.get(link.state, 200)))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _masked(address: str) -> str:
    """`a•••@example.ru`: enough for its owner, little for anybody else."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}" if domain else ""
