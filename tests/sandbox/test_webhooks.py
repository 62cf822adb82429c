"""Webhooks: delivered in order, repeated until accepted, with the secret."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.limits import Limits
from tests.support.chat.telegram import Telegram


class Receiver:
    """The bot's web server: answers with the next status of `statuses`, then with 200."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[dict[str, Any], str | None]] = asyncio.Queue()
        self.statuses: list[int] = []
        self.reply: dict[str, Any] | None = None
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await self.got.put((await request.json(), secret))
        status = self.statuses.pop(0) if self.statuses else 200
        if self.reply and status == 200:
            return web.json_response(self.reply)
        return web.Response(status=status)

    async def text(self) -> str:
        update, _ = await asyncio.wait_for(self.got.get(), 5)
        return str(update["message"]["text"])


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.handle)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    limits = Limits(webhook_backoff=0.01).without_rates()
    async with Telegram(tmp_path / "sandbox", limits=limits) as running:
        yield running


async def test_what_waited_and_what_comes_is_delivered_in_order(
    telegram: Telegram, receiver: Receiver
) -> None:
    anna = telegram.person("Анна")
    await anna.send("до")
    await telegram.call("setWebhook", url=receiver.url, secret_token="s-e_cret")
    update, secret = await asyncio.wait_for(receiver.got.get(), 5)
    assert (update["message"]["text"], secret) == ("до", "s-e_cret")
    for word in ("раз", "два", "три"):
        await anna.send(word)
    assert [await receiver.text() for _ in range(3)] == ["раз", "два", "три"]


async def test_a_refused_update_comes_again_before_the_next(
    telegram: Telegram, receiver: Receiver
) -> None:
    receiver.statuses = [500, 302]
    await telegram.call("setWebhook", url=receiver.url)
    anna = telegram.person("Анна")
    await anna.send("первое")
    await anna.send("второе")
    heard = [await receiver.text() for _ in range(4)]
    assert heard == ["первое", "первое", "первое", "второе"]
    info = await telegram.call("getWebhookInfo")
    assert info["url"] == receiver.url
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


async def test_the_answer_may_carry_a_call(telegram: Telegram, receiver: Receiver) -> None:
    anna = telegram.person("Анна")
    receiver.reply = {"method": "sendMessage", "chat_id": anna.id, "text": "эхо"}
    await telegram.call("setWebhook", url=receiver.url)
    await anna.send("ау")
    await anna.until("эхо")


async def test_polling_and_webhook_exclude_each_other(
    telegram: Telegram, receiver: Receiver
) -> None:
    poll = asyncio.create_task(telegram.refusal("getUpdates", timeout=30))
    await telegram.sandbox.box.updates.polled.wait()
    await telegram.call("setWebhook", url=receiver.url)
    assert await poll == "409 Conflict: terminated by setWebhook request"
    assert "while webhook is active" in await telegram.refusal("getUpdates")
    await telegram.call("deleteWebhook")
    assert await telegram.call("getUpdates") == []
    assert (await telegram.call("getWebhookInfo"))["url"] == ""


async def test_pending_updates_can_be_dropped(telegram: Telegram, receiver: Receiver) -> None:
    await telegram.person("Анна").send("старое")
    await telegram.call("setWebhook", url=receiver.url, drop_pending_updates=True)
    await telegram.person("Анна").send("новое")
    assert await receiver.text() == "новое"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "http://shop.example/hook"}, "An HTTPS URL must be provided"),
        ({"url": "ftp://127.0.0.1/"}, "invalid URL"),
        ({"url": "https://shop.example/", "secret_token": "пароль"}, "unallowed characters"),
        ({"url": "https://shop.example/", "max_connections": 101}, "between 1 and 100"),
        ({"url": "https://shop.example/", "ip_address": "here"}, "invalid IP address"),
    ],
)
async def test_wrong_settings_are_refused(
    telegram: Telegram, params: dict[str, Any], reason: str
) -> None:
    assert reason in await telegram.refusal("setWebhook", **params)
