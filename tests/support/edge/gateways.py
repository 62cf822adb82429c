"""SMS gateways of the tests, as strict as the real ones."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(path: str, answer: Reply) -> AsyncIterator[str]:
    """An HTTP server on loopback with one address; the value is that address."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await answer(request)

    app = web.Application()
    app.router.add_route("*", path, handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
    finally:
        await runner.cleanup()


@dataclass
class Smsc:
    """SMSC.ru: form fields, a login, money; the same text to the same number once a minute."""

    balance: float = 100.0
    landlines: set[str] = field(default_factory=set)
    sent: list[tuple[str, str]] = field(default_factory=list)

    async def __call__(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if form.get("fmt") != "3":
            return web.Response(text="ERROR = 1 (parameters)")
        code = self._wrong(form)
        if code:
            return web.json_response({"error": "refused", "error_code": code})
        self.balance -= 2.89
        self.sent.append((form["phones"], form["mes"]))
        told: dict[str, object] = {"id": len(self.sent), "cnt": 1}
        if form.get("cost") == "3":
            told |= {"cost": "2.89", "balance": str(self.balance)}
        return web.json_response(told)

    def _wrong(self, form: dict[str, str]) -> int:
        text, phones = form.get("mes", ""), form.get("phones", "")
        rules = (
            (2, (form.get("login"), form.get("psw")) != ("karman", "s3cret")),
            (1, not text or form.get("charset") != "utf-8"),
            (7, not (phones.isdigit() and 10 <= len(phones) <= 15)),
            (8, phones in self.landlines),
            (9, (phones, text) in self.sent),
            (3, self.balance < 2.89),
        )
        return next((code for code, broken in rules if broken), 0)


@dataclass
class SmsRu:
    """SMS.ru: form fields, a key; a status for the request and one for each number."""

    stopped: set[str] = field(default_factory=set)
    away: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)

    async def __call__(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("api_id") != "KEY-1":
            return self._no(200)
        if self.away:
            return self._no(220)
        if form.get("json") != "1":
            return web.Response(text="100\n000000-1")
        to, text = str(form.get("to", "")), str(form.get("msg", ""))
        if not text:
            return self._no(203)
        one: dict[str, object] = {
            "status": "OK",
            "status_code": 100,
            "sms_id": "000000-10000001",
            "cost": "3.50",
        }
        if not to.isdigit():
            one = {"status": "ERROR", "status_code": 202, "status_text": "number"}
        elif to in self.stopped:
            one = {"status": "ERROR", "status_code": 207, "status_text": "no route"}
        else:
            self.sent.append((to, text))
        return web.json_response(
            {"status": "OK", "status_code": 100, "sms": {to: one}, "balance": 42.5}
        )

    @staticmethod
    def _no(code: int) -> web.Response:
        return web.json_response({"status": "ERROR", "status_code": code, "status_text": "refused"})
