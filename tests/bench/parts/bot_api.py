"""A Bot API that refuses nothing and is never in a hurry: one bot, many people who tap.

It answers each call at once with what Telegram would, keeps no messages, and tells when the
screen of a person stands and their tap is answered.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Self

import orjson
from aiohttp import web

TOKEN = "1000000004:as-quick-as-it-comes"
BOT_ID = 1000000004
_BOT = {"id": BOT_ID, "is_bot": True, "first_name": "Карман", "username": "karman_bench_bot"}
_QUESTIONS: dict[str, Any] = {
    "getMe": _BOT,
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}
_PHOTO = [
    {"file_id": f"photo-{side}", "file_unique_id": f"p{side}", "width": side, "height": side // 2}
    for side in (90, 320, 800, 1280)
]


@dataclass(slots=True)
class Tapper:
    """A person: what stands in their chat, and how often they have tapped."""

    id: int
    message_id: int = 1
    taps: int = 0
    waits_for: str = ""
    shown: bool = False
    answered: bool = False
    done: asyncio.Future[None] | None = None

    def settle(self) -> None:
        if self.shown and self.answered and self.done is not None and not self.done.done():
            self.done.set_result(None)


@dataclass(slots=True)
class BotApi:
    people: dict[int, Tapper]
    url: str = ""
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _newest: int = 0
    _runner: web.AppRunner | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 24)
        app.router.add_post(f"/bot{TOKEN}/{{method}}", self._call)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def tap(self, person: Tapper, data: str) -> float:
        """Seconds until the screen stands and the button spins no more."""
        person.taps += 1
        person.waits_for = f"{person.id}-{person.taps}"
        person.shown = person.answered = False
        person.done = asyncio.get_running_loop().create_future()
        self._newest += 1
        self._updates.append(_update(self._newest, person, data))
        began = time.perf_counter()
        self._arrived.set()
        await person.done
        return time.perf_counter() - began

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = await _given(request)
        if method == "getUpdates":
            result: Any = await self._get_updates(int(str(form.get("offset") or 0)))
        elif method in _QUESTIONS:
            result = _QUESTIONS[method]
        elif method.startswith(("send", "editMessage")) and method != "sendChatAction":
            result = self._show(method, form)
        else:
            if method == "answerCallbackQuery":
                self._answer(str(form["callback_query_id"]))
            result = True
        body = orjson.dumps({"ok": True, "result": result})
        return web.Response(body=body, content_type="application/json")

    async def _get_updates(self, offset: int) -> list[dict[str, Any]]:
        self.asked.set()
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        if not self._updates:
            self._arrived.clear()
            try:
                async with asyncio.timeout(20):
                    await self._arrived.wait()
            except TimeoutError:
                return []
        return self._updates[:100]

    def _answer(self, query: str) -> None:
        person = self.people[int(query.partition("-")[0])]
        if query == person.waits_for:
            person.answered = True
            person.settle()

    def _show(self, method: str, form: Any) -> dict[str, Any]:
        person = self.people[int(str(form["chat_id"]))]
        if method.startswith("send"):
            person.message_id += 1
        person.shown = True
        person.settle()
        message = _message(person)
        if "reply_markup" in form:
            markup = form["reply_markup"]
            message["reply_markup"] = orjson.Fragment(markup) if isinstance(markup, str) else markup
        if method in {"sendPhoto", "editMessageMedia"}:
            return {**message, "photo": _PHOTO, "caption": "Карта"}
        return {**message, "text": str(form.get("text", ""))}


async def _given(request: web.Request) -> Any:
    """Of JSON, or a form."""
    if request.content_type == "application/json":
        return orjson.loads(await request.read())
    return await request.post()


def _message(person: Tapper) -> dict[str, Any]:
    whom = {"id": person.id, "type": "private", "first_name": "Анна"}
    return {"message_id": person.message_id, "date": 1, "chat": whom, "from": _BOT}


def _update(number: int, person: Tapper, data: str) -> dict[str, Any]:
    return {
        "update_id": number,
        "callback_query": {
            "id": person.waits_for,
            "from": {"id": person.id, "is_bot": False, "first_name": "Анна", "language_code": "ru"},
            "chat_instance": "1",
            "data": data,
            "message": {**_message(person), "text": "Меню"},
        },
    }
