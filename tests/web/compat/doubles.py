"""The wallets that callers were written for, as strict as what is public of them says."""

import base64
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web


@dataclass
class Koshelek:
    """`registered` phones have it; states go to `callback` at once."""

    registered: set[int]
    callback: str
    password: str = "first"
    initial: bool = True
    pushed: list[int] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_put("/public/user/reset-password", self._reset)
        app.router.add_post("/push/delivery", self._push)
        return app

    def _refused(self, request: web.Request) -> web.Response | None:
        coded = base64.b64encode(f"crm:{self.password}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {coded}":
            return web.json_response({"code": "401"}, status=401)
        return None

    async def _reset(self, request: web.Request) -> web.Response:
        if refused := self._refused(request):
            return refused
        self.password, self.initial = (await request.json())["newPassword"], False
        return web.json_response({})

    async def _push(self, request: web.Request) -> web.Response:
        if (refused := self._refused(request)) or self.initial:
            return refused or web.json_response({"code": "401"}, status=401)
        body = await request.json()
        payload = body["payload"]
        good = (
            body["pushType"] in {"TRANSACTION", "SERVICE", "PROMO"}
            and isinstance(body["msisdn"], int)
            and 0 < len(payload["title"]) <= 50
            and 0 < len(payload["message"]) <= 150
            and payload["deeplink"]["target"] in {"card", "campaign", "campaigns"}
        )
        if not good:
            return web.json_response({"code": "400"}, status=400)
        name = str(uuid.uuid4())
        there = body["msisdn"] in self.registered
        if there:
            self.pushed.append(body["msisdn"])
            await self._tell({"messageId": name, "state": "DELIVERED"})
        state = "ENQUEUED" if there else "MSISDN_NOT_REGISTERED"
        return web.json_response({"messageId": name, "state": state})

    async def _tell(self, body: dict[str, str]) -> None:
        async with aiohttp.ClientSession() as session, session.post(self.callback, json=body):
            pass


@dataclass
class OsmiCards:
    """Passes by serial; templates are known; a token is asked for."""

    token: str = "token"
    templates: tuple[str, ...] = ("romashka-club", "gold")
    passes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._bearer])
        app.router.add_post("/v2t/marketing/pushmessage", self._pushed)
        app.router.add_get("/v2t/passes", self._listed)
        app.router.add_post("/v2t/passes/{serial}/{template}", self._made)
        app.router.add_put("/v2t/passes/move/{serial}/{template}", self._moved)
        app.router.add_get("/v2t/passes/{serial}/link", self._link)
        app.router.add_put("/v2t/passes/{serial}/push", self._changed)
        app.router.add_put("/v2t/passes/{serial}", self._changed)
        app.router.add_delete("/v2t/passes/{serial}", self._deleted)
        return app

    @web.middleware
    async def _bearer(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.json_response({"RCODE": 401, "RMESSAGE": "no"}, status=401)
        serial = request.match_info.get("serial")
        made = request.method == "POST"
        if serial is not None and not made and serial not in self.passes:
            return web.json_response({"RCODE": 404, "RMESSAGE": "no pass"}, status=404)
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _made(self, request: web.Request) -> web.Response:
        serial, template = request.match_info["serial"], request.match_info["template"]
        if template not in self.templates:
            return web.json_response({"RCODE": 404, "RMESSAGE": "no template"}, status=404)
        if serial in self.passes:
            return web.json_response({"RCODE": 319, "RMESSAGE": "card exists"}, status=409)
        self.passes[serial] = await request.json()
        return web.json_response({})

    async def _link(self, request: web.Request) -> web.Response:
        serial = request.match_info["serial"]
        return web.json_response({"link": f"https://get.osmicards.example/{serial}"})

    async def _changed(self, request: web.Request) -> web.Response:
        self.passes[request.match_info["serial"]] |= await request.json()
        return web.json_response({})

    async def _moved(self, _request: web.Request) -> web.Response:
        return web.json_response({})

    async def _deleted(self, request: web.Request) -> web.Response:
        del self.passes[request.match_info["serial"]]
        return web.json_response({})

    async def _listed(self, _request: web.Request) -> web.Response:
        return web.json_response({"cards": list(self.passes)})

    async def _pushed(self, request: web.Request) -> web.Response:
        body = await request.json()
        assert set(body) == {"serials", "message"}
        return web.json_response({})


@asynccontextmanager
async def standing(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
