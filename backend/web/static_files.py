"""Static files: read once at the start, answered from memory, named by what they hold."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import fontpkg_onest
from aiohttp import web

from backend.web.keys import STATIC

ROUTES = web.RouteTableDef()
FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`version`: the beginning of the SHA-256; a page asks for `?v=` that."""

    body: bytes
    kind: str
    version: str


def read_static() -> Mapping[str, StaticFile]:
    """Every file of static/, and the typeface, by its name in the address."""
    files = {path.name: path for path in FOLDER.iterdir() if path.suffix in _TYPES}
    files["onest.ttf"] = fontpkg_onest.ROOT / "files" / "Onest[wght].ttf"
    return {name: _read(path) for name, path in files.items()}


def address_of(files: Mapping[str, StaticFile], name: str) -> str:
    """The address of a file that may be kept for ever: another content has another address."""
    return f"/static/{name}?v={files[name].version}"


@ROUTES.get("/static/{name}")
async def static_file(request: web.Request) -> web.Response:
    found = request.app[STATIC].get(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    etag = f'"{found.version}"'
    headers = {
        "ETag": etag,
        "Cache-Control": _FOREVER if request.query.get("v") == found.version else "no-cache",
    }
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=found.body, content_type=found.kind, headers=headers)


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    return StaticFile(body, _TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:16])
