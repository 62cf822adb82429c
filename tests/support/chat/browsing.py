"""A real Chromium at the chat page, and the taps of a person in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import zxingcpp
from PIL import Image
from playwright.async_api import Page, async_playwright, expect

from tests.support.machine.waiting import until

# A busy machine is slow.
expect.set_options(timeout=30_000)
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Phone:
    """The page as one person sees it."""

    page: Page

    async def tap(self, label: str) -> None:
        """The newest inline button with these words."""
        await self.page.locator("button", has_text=label).last.click()

    async def see(self, words: str) -> None:
        await expect(self.page.get_by_text(words).last).to_be_visible(timeout=20_000)

    async def say(self, words: str) -> None:
        await self.page.locator("textarea").fill(words)
        await self.page.keyboard.press("Enter")

    async def scanned(self) -> str:
        """What a scanner held before the screen reads; the chat may still be scrolling."""
        found: list[str] = []

        async def reads() -> bool:
            shot = await self.page.screenshot()
            barcode = zxingcpp.read_barcode(Image.open(BytesIO(shot)))
            found[:] = [str(barcode.text)] if barcode is not None else []
            return bool(found)

        await until(reads, "a barcode on the screen")
        return found[0]


@asynccontextmanager
async def chromium_at(url: str, **viewport: Any) -> AsyncIterator[Phone]:
    """At the chat page, when it is ready."""
    async with chromium(**viewport) as page:
        await page.goto(url)
        await page.wait_for_selector("body[data-ready]")
        yield Phone(page)


@asynccontextmanager
async def chromium(**viewport: Any) -> AsyncIterator[Page]:
    """An empty page."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=path, args=FLAGS)
        yield await browser.new_page(**viewport)
        await browser.close()


async def first_card(anna: Phone) -> None:
    """From «Начать» to the card of «Лукоград», as a newcomer makes it."""
    await anna.tap("Начать")
    await anna.see("С какого города")
    await anna.tap("Казань")
    await anna.see("Предложения")
    await anna.tap("Продукты")
    await anna.tap("Лукоград")
    await anna.tap("Выпустить карту")
    await anna.see("Анкета · 1/5")
    await anna.tap("Поделиться номером")
    # Telegram's own question: may the bot see your number?
    await anna.page.locator("dialog[open] button", has_text="Поделиться").last.click()
    await anna.see("Как вас зовут")
    await anna.tap("Анна")
    await anna.see("Ваша фамилия")
    await anna.tap("Соколова")
    await anna.see("В каком городе")
    await anna.tap("Казань")
    await anna.see("электронная почта")
    await anna.say("anna@example.ru")
    await anna.see("Проверьте ответы")
    await anna.tap("Всё верно")
    await anna.see("Нужно для карты")
    await anna.tap("☐ Персональные данные")
    await anna.tap("☐ Правила программы")
    await anna.see("☑️ Правила программы")
    await anna.tap("Согласиться и выпустить")
    await anna.see("Карта готова")
    await anna.page.wait_for_function(
        "() => [...document.images].every(image => image.complete && image.naturalWidth)"
    )
