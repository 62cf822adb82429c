"""A small scripted bot, the sandbox server and a Chromium, for the tests of the chat page."""

import asyncio
import io
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from PIL import Image
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from bot.sandbox.server import Sandbox
from tests.support.chat.browsing import FLAGS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}

Json = dict[str, Any]


@dataclass
class ScriptedBot:
    """A bot in forty lines: polls the Bot API over HTTP and follows a short script."""

    api: str
    http: aiohttp.ClientSession
    heard: list[Json] = field(default_factory=list)
    photo_id: str = ""

    async def call(self, method: str, **params: Any) -> Any:
        async with self.http.post(f"{self.api}/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                self.heard.append(update)
                for kind, handler in self.handlers.items():
                    if kind in update:
                        await handler(update[kind])

    @property
    def handlers(self) -> dict[str, Callable[[Json], Awaitable[None]]]:
        return {
            "message": self.message, "callback_query": self.tapped, "inline_query": self.asked,
        }  # fmt: skip

    async def message(self, message: Json) -> None:
        text, chat = message.get("text", ""), message["chat"]["id"]
        if "via_bot" in message:
            return
        if text.startswith("/start"):
            keys = [
                [{"text": "Ещё раз", "callback_data": "again", "style": "success"}],
                [{"text": "Осторожно", "callback_data": "alert", "style": "danger"}],
            ]
            hello = "<b>Здравствуйте!</b> <i>Меню</i> ниже, помощь в /help"
            await self.call(
                "sendMessage", chat_id=chat, text=hello, parse_mode="HTML",
                reply_markup={"inline_keyboard": keys},
            )  # fmt: skip
        elif text == "фото":
            await self.photo(chat)
        elif text == "номер":
            key = {"text": "Поделиться номером", "request_contact": True}
            markup = {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
            await self.call("sendMessage", chat_id=chat, text="Ваш телефон?", reply_markup=markup)
        elif "contact" in message:
            phone = message["contact"]["phone_number"]
            gone = {"remove_keyboard": True}
            await self.call("sendMessage", chat_id=chat, text=f"Записал {phone}", reply_markup=gone)
        else:
            hostile = f"Вы сказали: {text} <img src=x onerror=alert(1)>"
            await self.call("sendMessage", chat_id=chat, text=hostile)

    async def photo(self, chat: int) -> None:
        picture = io.BytesIO()
        Image.new("RGB", (640, 400), "#2f7d6b").save(picture, "PNG")
        form = aiohttp.FormData({"chat_id": str(chat), "caption": "Карта «Полдень»"})
        form.add_field("photo", picture.getvalue(), filename="card.png", content_type="image/png")
        async with self.http.post(f"{self.api}/sendPhoto", data=form) as response:
            self.photo_id = (await response.json())["result"]["photo"][-1]["file_id"]

    async def tapped(self, query: Json) -> None:
        if query["data"] == "alert":
            await self.call(
                "answerCallbackQuery", callback_query_id=query["id"], text="Так нельзя",
                show_alert=True,
            )  # fmt: skip
            return
        message = query["message"]
        await self.call(
            "editMessageText", chat_id=message["chat"]["id"], message_id=message["message_id"],
            text="Меню обновлено", reply_markup=message["reply_markup"],
        )  # fmt: skip
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Готово")

    async def asked(self, query: Json) -> None:
        content = {"message_text": f"Советую: {query['query']}"}
        article = {
            "type": "article", "id": "one", "title": "Полдень", "description": "−15 % на кофе",
            "input_message_content": content,
        }  # fmt: skip
        await self.call(
            "answerInlineQuery", inline_query_id=query["id"], results=[article], cache_time=0
        )


@dataclass
class World:
    """The server, the bot, and a browser that notes everything it complains of."""

    sandbox: Sandbox
    bot: ScriptedBot
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.sandbox.url

    @asynccontextmanager
    async def look(
        self, size: dict[str, int] = DESKTOP, query: str = "lang=ru"
    ) -> AsyncIterator[Page]:
        context = await self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]}, locale="ru-RU"
        )
        page = await context.new_page()
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        await page.goto(f"{self.url}/?{query}")
        await page.wait_for_selector("body[data-ready]")
        try:
            yield page
        finally:
            await context.close()

    def note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@asynccontextmanager
async def running_bot(sandbox: Sandbox) -> AsyncIterator[ScriptedBot]:
    async with aiohttp.ClientSession() as http:
        bot = ScriptedBot(f"{sandbox.url}/bot{sandbox.token}", http)
        await bot.call("setMyCommands", commands=[{"command": "help", "description": "помощь"}])
        await bot.call("setMyDescription", description="Карты лояльности в одном кармане")
        polling = asyncio.create_task(bot.run())
        try:
            yield bot
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)


@asynccontextmanager
async def open_world(data_dir: Path) -> AsyncIterator[World]:
    """Everything running; at the end the browser must have had nothing to complain of."""
    sandbox = Sandbox(data_dir)
    await sandbox.start()
    try:
        async with async_playwright() as playwright, running_bot(sandbox) as bot:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            there = World(sandbox, bot, browser)
            yield there
            await browser.close()
    finally:
        await sandbox.stop()
    assert there.complaints == []
