"""A campaign the whole way, on PostgreSQL and over HTTP, beside what Telegram allows.

The server counts as the sandbox does, in penalty mode, and answers after 30 ms; it shares the
process, which makes it no faster. The pace is set to 98 % of what is allowed, as in the bench of
the gate alone (`pacing`).
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import web
from pydantic import SecretStr

from backend.campaigns.send_campaigns import send_campaign
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.clock import utc_now
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.settings import Settings
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Gate, Limits
from models.campaign import Campaign
from models.message import Delivery, DeliveryState
from tests.bench._queue import new_context
from tests.bench._scratch import scratch
from tests.bench.harness import Report
from tests.support.database import postgres
from tests.support.edge.noting_telegram import TOKEN
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop

NAME = "campaign"
AIMS: dict[float, float | None] = {30.0: 0.97, 300.0: None}
SECONDS = 10
LATENCY = 0.03


async def run(report: Report) -> None:
    with scratch():
        for allowed, aim in AIMS.items():
            url = await postgres.create_database(f"campaign_{allowed:.0f}", migrated=True)
            await connect(url)
            rate, refused = await _sent(replace(new_context(), clock=utc_now), allowed)
            await disconnect()
            report.add(
                f"sent at {allowed:.0f}/s", rate, "/s", against=f"limit {allowed:.0f}/s",
                theirs=allowed, aim=aim,
            )  # fmt: skip
            report.add(f"refusals at {allowed:.0f}/s", refused, "")


async def _sent(ctx: Context, allowed: float) -> tuple[float, int]:
    """Messages a second from the first to the last, and how many were refused."""
    people = int(allowed * SECONDS)
    account, _, brand = await shop()
    await audience(ctx, account, brand, people)
    campaign = await start_campaign(ctx, CampaignOrder(brand="romashka", text="Кофе дешевле"))
    telegram = _Telegram(allowed)
    async with telegram.listening() as url:
        settings = Settings(bot_api_url=url, bot_token=SecretStr(TOKEN))
        async with open_channels(settings, memory_pacer(allowed * 0.98)) as channels:
            await send_campaign(ctx, channels, campaign)
    assert await Delivery.filter(state=DeliveryState.DELIVERED).count() == people
    assert (await Campaign.get()).finished_at is not None
    arrived = telegram.arrived
    return (len(arrived) - 1) / (arrived[-1] - arrived[0]), telegram.gate.refused


class _Telegram:
    def __init__(self, allowed: float) -> None:
        self.gate = Gate(Limits(per_second=allowed, burst=12, penalty=True), time.monotonic)
        self.arrived: list[float] = []

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post(f"/bot{TOKEN}/sendMessage", self._send_message)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()

    async def _send_message(self, request: web.Request) -> web.Response:
        chat = int(str((await request.post())["chat_id"]))
        try:
            self.gate.admit(chat)
        except ApiError as refused:
            answer = {"ok": False, "error_code": 429, "description": refused.description}
            return web.json_response(answer | {"parameters": refused.parameters}, status=429)
        self.arrived.append(time.monotonic())
        await asyncio.sleep(LATENCY)
        whom = {"id": chat, "type": "private", "first_name": "Анна"}
        message = {"message_id": len(self.arrived), "date": 1, "chat": whom, "text": "x"}
        return web.json_response({"ok": True, "result": message})
