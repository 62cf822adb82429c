"""The outer edge for crash tests: Telegram that keeps a message and may hold back the answer."""

import asyncio
from collections import Counter
from typing import Self

from aiohttp import web

TOKEN = "1000000002:held-telegram-token"


class HeldTelegram:
    """Knows sendMessage alone and refuses all else. `sent` counts messages per chat."""

    def __init__(self) -> None:
        self.sent: Counter[int] = Counter()
        self.holding = False
        self.arrived = asyncio.Event()
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
        self.holding = False
        self._go_on.set()

    async def has_sent(self, number: int) -> None:
        """Wait until that many messages have arrived in all."""
        async with asyncio.timeout(30):
            while self.sent.total() < number:
                self.arrived.clear()
                await self.arrived.wait()

    async def _send_message(self, request: web.Request) -> web.Response:
        form = await request.post()
        chat = int(str(form["chat_id"]))
        self.sent[chat] += 1
        number = self.sent.total()
        self.arrived.set()
        if self.holding:
            await self._go_on.wait()
        return web.json_response(
            {
                "ok": True,
                "result": {
                    "message_id": number,
                    "date": 1,
                    "chat": {"id": chat, "type": "private", "first_name": "Анна"},
                    "text": str(form["text"]),
                },
            }
        )
