"""A short link of a brand's message: on to where it leads, and counted."""

from aiohttp import web

from backend.cascades.stop_the_rest import stop_the_rest
from backend.links.clicks import count_click, leads_to
from backend.links.looks import only_looks
from backend.links.token import read_token
from backend.web.keys import CTX

ROUTES = web.RouteTableDef()
# What it leads to learns nothing of whose link it was, and nobody on the way keeps it.
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@ROUTES.get("/l/{token:[0-9a-zA-Z]{11,31}}")
async def follow(request: web.Request) -> web.Response:
    """404 for what was not made here, and for the link of somebody who is gone: nobody can tell
    one from the other."""
    ctx = request.app[CTX]
    ids = read_token(ctx.vault, request.match_info["token"])
    address = await leads_to(*ids) if ids else ""
    if ids is None or not address:
        raise web.HTTPNotFound
    if request.method == "GET" and not only_looks(request.headers):
        await count_click(*ids, ctx.clock())
        await stop_the_rest(ids[1], ctx.clock())
    return web.Response(status=302, headers={**_HEADERS, "Location": address})
