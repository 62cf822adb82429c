"""The link of an assigned card: a page that leads into the bot, its QR, and the block in mass mail.

Looking changes nothing, and nothing here says whom the card is for. The block's picture is asked
for by mail programs and their proxies: always a PNG, without redirects and cookies, to be asked for
anew each time; a link that is not ours gets what everybody gets who has the card.
"""

import hashlib

from aiohttp import web

from backend.cards.assign.addresses import link_of
from backend.cards.assign.find_assignment import block_shows, by_token, may_be_opened
from backend.cards.assign.token import Purpose, nonce_in
from backend.pictures.qr_link import NOTHING, qr_png, qr_svg
from backend.platform.context import Context
from backend.web.keys import BOT, CTX, SETTINGS
from backend.web.pages.render import page
from catalog.shelves.browse import first_offer_of
from models.brand import Brand

ROUTES = web.RouteTableDef()
_TOKEN = "{token:[A-Za-z0-9_-]{48}}"  # noqa: S105  a pattern
START = "k"
_DRAWN = {"png": ("image/png", qr_png), "svg": ("image/svg+xml", qr_svg)}
# What a link leads to never changes.
_FOR_LONG = "public, max-age=86400"
_ANEW = "no-cache, max-age=0, must-revalidate"


@ROUTES.get(f"/k/{_TOKEN}")
async def look(request: web.Request) -> web.Response:
    """On a phone the bot opens at once where the browser lets it; the button is there all the
    same."""
    ctx, token = request.app[CTX], request.match_info["token"]
    brand = await _brand(ctx, token)
    start = request.app[BOT].start(f"{START}{token}") if brand is not None else ""
    at_once = start if _on_a_phone(request) else ""
    shown = page(request, "assigned.html", brand=brand, start=start, at_once=at_once, token=token)
    shown.set_status(200 if brand is not None else 404)
    shown.headers["Cache-Control"] = "no-store"
    shown.headers["X-Robots-Tag"] = "noindex"
    return shown


async def _brand(ctx: Context, token: str) -> Brand | None:
    """None where the link leads nowhere: whether it ever did is not told."""
    row = await by_token(ctx.vault, Purpose.CLAIM, token)
    if row is None or not may_be_opened(ctx, row):
        return None
    offer = await first_offer_of(ctx.clock(), row.program_id, 0)
    return offer.brand if offer is not None else None


def _on_a_phone(request: web.Request) -> bool:
    told = request.headers.get("Sec-CH-UA-Mobile")
    return told == "?1" or (told is None and "Mobi" in request.headers.get("User-Agent", ""))


@ROUTES.get(f"/k/{_TOKEN}.{{kind:png|svg}}")
async def code(request: web.Request) -> web.Response:
    """Of every link that we have signed, also when it leads nowhere any more: the letter stays."""
    vault, token = request.app[CTX].vault, request.match_info["token"]
    nonce = nonce_in(vault, Purpose.CLAIM, token)
    if not nonce:
        raise web.HTTPNotFound
    mime, draw = _DRAWN[request.match_info["kind"]]
    drawn = draw(link_of(vault, request.app[SETTINGS].base_url, nonce))
    return _picture(request, drawn, mime, _FOR_LONG)


@ROUTES.get("/k/block/{token:[^/]{1,200}}")
async def block(request: web.Request) -> web.Response:
    ctx, token = request.app[CTX], request.match_info["token"].removesuffix(".png")
    nonce = await block_shows(ctx, token)
    link = link_of(ctx.vault, request.app[SETTINGS].base_url, nonce) if nonce else ""
    return _picture(request, qr_png(link) if link else NOTHING, "image/png", _ANEW)


def _picture(request: web.Request, drawn: bytes, mime: str, kept: str) -> web.Response:
    etag = f'"{hashlib.sha256(drawn).hexdigest()[:32]}"'
    headers = {"Cache-Control": kept, "ETag": etag, "X-Robots-Tag": "noindex"}
    if etag in request.headers.get("If-None-Match", ""):
        return web.Response(status=304, headers=headers)
    return web.Response(body=drawn, content_type=mime, headers=headers)
