"""Pictures of brands and offers. The name is the SHA-256 of the content: who knows it has it."""

from aiohttp import web

from models.media import Media

ROUTES = web.RouteTableDef()


@ROUTES.get("/media/{sha256:[0-9a-f]{64}}")
async def media(request: web.Request) -> web.Response:
    etag = f'"{request.match_info["sha256"][:24]}"'
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": etag}
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    found = await Media.get_or_none(sha256=request.match_info["sha256"])
    if found is None:
        raise web.HTTPNotFound
    return web.Response(body=found.content, content_type=found.mime, headers=headers)
