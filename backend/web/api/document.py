"""The contract for programs: OpenAPI 3.1, made from the declarations once per process."""

import hashlib
from functools import cache

import orjson
from aiohttp import web

from backend.web.api.openapi import openapi
from backend.web.keys import SETTINGS

ROUTES = web.RouteTableDef()


@cache
def written(base_url: str) -> tuple[bytes, str]:
    """The document and its ETag."""
    body = orjson.dumps(openapi(base_url), option=orjson.OPT_INDENT_2)
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


@ROUTES.get("/api/openapi.json")
async def contract(request: web.Request) -> web.Response:
    body, etag = written(request.app[SETTINGS].base_url)
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"}
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=body, content_type="application/json", headers=headers)
