"""The Bot API door: /bot{token}/{method} and /file/bot{token}/{path}."""

import hmac
import logging
import re
from typing import Any

import orjson
from aiohttp import web

from bot.sandbox.bodies import Params, read_body
from bot.sandbox.box import Box
from bot.sandbox.content.media import DOWNLOAD_BYTES, find_file
from bot.sandbox.content.text import Json
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.methods.registry import call_method

log = logging.getLogger(__name__)


async def run(box: Box, name: str, params: Params) -> tuple[int, Json]:
    """HTTP status and answer of a call, in Telegram's shape. Never raises but on cancellation."""
    try:
        return 200, {"ok": True, "result": await call_method(box, name, params)}
    except ApiError as refused:
        return refused.code, _refusal(refused)
    except OverflowError:  # a whole number beyond 64 bits
        return 400, _refusal(bad_request("a number is out of range"))
    except Exception:
        log.exception("sandbox: %s broke", name)
        return 500, _refusal(ApiError(500, "Internal Server Error"))


def _refusal(refused: ApiError) -> Json:
    answer: Json = {
        "ok": False, "error_code": refused.code, "description": refused.description,
    }  # fmt: skip
    return answer | ({"parameters": refused.parameters} if refused.parameters else {})


def json_answer(status: int, answer: Any) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(answer), content_type="application/json")


class BotApi:
    """Checks the token and passes the call on."""

    def __init__(self, box: Box, token: str) -> None:
        self._box = box
        self._token = token

    def add_routes(self, router: web.UrlDispatcher) -> None:
        for method in ("GET", "POST"):
            router.add_route(method, "/bot{token}/{method}", self.call)
        router.add_get("/file/bot{token}/{path:.+}", self.download)

    def _wrong_token(self, request: web.Request) -> web.Response | None:
        token = request.match_info["token"]
        if hmac.compare_digest(token.encode(), self._token.encode()):
            return None
        shaped = re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token)
        wrong = ApiError(401, "Unauthorized") if shaped else ApiError(404, "Not Found")
        return json_answer(wrong.code, _refusal(wrong))

    async def call(self, request: web.Request) -> web.Response:
        refused = self._wrong_token(request)
        if refused:
            return refused
        try:
            values, uploads = await read_body(request)
        except ApiError as broken:
            return json_answer(broken.code, _refusal(broken))
        method = request.match_info["method"]
        return json_answer(*await run(self._box, method, Params(values, uploads)))

    async def download(self, request: web.Request) -> web.StreamResponse:
        refused = self._wrong_token(request)
        if refused:
            return refused
        found = find_file(self._box, path=request.match_info["path"])
        if found is None or found.size > DOWNLOAD_BYTES:
            return json_answer(404, _refusal(ApiError(404, "Not Found")))
        return web.FileResponse(self._box.folder / found.path)
