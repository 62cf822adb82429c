"""A Telegram that knows sendMessage alone and writes down every message with the moment of its
arrival; it may be busy, hopeless, or hold its answers back."""

import asyncio
import json
import time
from collections import Counter
from typing import Any, Self

from aiohttp import web

TOKEN = "1000000003:written-down-token"


class NotingTelegram:
    """`arrived`: (chat, moment of time.monotonic) in order."""

    def __init__(self) -> None:
        self.arrived: list[tuple[int, float]] = []
        # Chats of messages that were to be paid for, and whether the balance is too low for any.
        self.paid: list[int] = []
        self.poor = False
        self.markup = ""
        self.text = ""
        # Answer this many requests with 429 first, and how long it asks to wait.
        self.busy = 0
        self.retry_after = 1
        # Chats for which every request ends in 502.
        self.hopeless: set[int] = set()
        self.refused = 0
        # What arrives is kept, and the answer waits for answer().
        self.holding = False
        self.came = asyncio.Event()
        self._go_on = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post(f"/bot{TOKEN}/sendMessage", self._send_message)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.answer()
        assert self._runner is not None
        await self._runner.cleanup()

    def answer(self) -> None:
        """Everything that is held back, and from now on at once."""
        self.holding = False
        self._go_on.set()

    async def has_sent(self, number: int) -> None:
        """Wait until that many messages have arrived in all."""
        async with asyncio.timeout(60):
            while len(self.arrived) < number:
                self.came.clear()
                await self.came.wait()

    @property
    def chats(self) -> list[int]:
        return [chat for chat, _ in self.arrived]

    @property
    def sent(self) -> Counter[int]:
        """How many messages each chat has."""
        return Counter(self.chats)

    async def _send_message(self, request: web.Request) -> web.Response:
        at = time.monotonic()
        form = await request.json()
        if self.busy:
            self.busy -= 1
            wait = {"parameters": {"retry_after": self.retry_after}}
            return _refusal(429, f"Too Many Requests: retry after {self.retry_after}", **wait)
        chat = int(str(form["chat_id"]))
        if chat in self.hopeless:
            self.refused += 1
            return _refusal(502, "Bad Gateway")
        if "allow_paid_broadcast" in form:
            if self.poor:
                return _refusal(400, "Bad Request: BALANCE_TOO_LOW")
            self.paid.append(chat)
        self.arrived.append((chat, at))
        number = len(self.arrived)
        self.came.set()
        self.text, self.markup = form["text"], json.dumps(form.get("reply_markup", ""))
        if self.holding:
            await self._go_on.wait()
        whom = {"id": chat, "type": "private", "first_name": "Анна"}
        message = {"message_id": number, "date": 1, "chat": whom, "text": form["text"]}
        return web.json_response({"ok": True, "result": message})


def _refusal(code: int, description: str, **more: Any) -> web.Response:
    body = {"ok": False, "error_code": code, "description": description, **more}
    return web.json_response(body, status=code)
