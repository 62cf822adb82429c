"""Many people at once who allowed a brand's advertising, and a Telegram that writes down every
message with the moment of its arrival."""

import asyncio
import time
from typing import Self

from aiohttp import web

from backend.consents.documents import documents_for
from backend.platform.context import Context
from models.account import Account
from models.brand import Brand
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.customer import Customer

TOKEN = "1000000003:written-down-token"
FIRST_CHAT = 5_000_000


async def audience(ctx: Context, account: Account, brand: Brand, people: int) -> list[Customer]:
    """The states alone: what the gate reads. Telegram ids from FIRST_CHAT on."""
    ads = (await documents_for(account, [], "ru", ctx.clock())).advertising
    await Customer.bulk_create(
        [
            Customer(telegram_id=FIRST_CHAT + number, language="ru", created_at=ctx.clock())
            for number in range(people)
        ],
        batch_size=500,
    )
    found = await Customer.filter(telegram_id__gte=FIRST_CHAT).order_by("id")
    await ConsentState.bulk_create(
        [
            ConsentState(
                customer_id=person.id,
                purpose=ConsentPurpose.ADVERTISING,
                subject_id=brand.id,
                channel="telegram",
                granted=True,
                document_id=ads.id,
                at=ctx.clock(),
            )
            for person in found
        ],
        batch_size=500,
    )
    return found


class WrittenDown:
    """Knows sendMessage alone. `arrived`: (chat, moment of time.monotonic) in order."""

    def __init__(self) -> None:
        self.arrived: list[tuple[int, float]] = []
        self.markup = ""
        self.text = ""
        # Answer this many requests with 429 first, and how long it asks to wait.
        self.busy = 0
        self.retry_after = 1
        # Chats for which every request ends in 502.
        self.hopeless: set[int] = set()
        self.refused = 0
        self._came = asyncio.Event()
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
        assert self._runner is not None
        await self._runner.cleanup()

    async def has_sent(self, number: int) -> None:
        """Wait until that many messages have arrived in all."""
        async with asyncio.timeout(60):
            while len(self.arrived) < number:
                self._came.clear()
                await self._came.wait()

    @property
    def chats(self) -> list[int]:
        return [chat for chat, _ in self.arrived]

    async def _send_message(self, request: web.Request) -> web.Response:
        at = time.monotonic()
        form = await request.post()
        if self.busy:
            self.busy -= 1
            body = {
                "ok": False,
                "error_code": 429,
                "description": f"Too Many Requests: retry after {self.retry_after}",
                "parameters": {"retry_after": self.retry_after},
            }
            return web.json_response(body, status=429)
        chat = int(str(form["chat_id"]))
        if chat in self.hopeless:
            self.refused += 1
            body = {"ok": False, "error_code": 502, "description": "Bad Gateway"}
            return web.json_response(body, status=502)
        self.arrived.append((chat, at))
        self._came.set()
        self.text, self.markup = str(form["text"]), str(form.get("reply_markup", ""))
        return web.json_response(
            {
                "ok": True,
                "result": {
                    "message_id": len(self.arrived),
                    "date": 1,
                    "chat": {"id": chat, "type": "private", "first_name": "Анна"},
                    "text": "…",
                },
            }
        )
