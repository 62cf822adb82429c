"""The way from a page to the bot."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlencode

from backend.platform.failures import Failure
from backend.platform.settings import Settings
from backend.platform.watch.log import get_log

# A bot may be renamed; while Telegram is away the pages have no link.
HOURLY, SOON = 3600.0, 30.0
log = get_log(__name__)


class BotLink:
    """`chat`: the address of the chat itself, "" while the bot's name is not known."""

    def __init__(self, chat: str = "") -> None:
        self.chat = chat

    def start(self, payload: str) -> str:
        """Opens the bot with /start and this payload; "" while its name is not known."""
        return f"{self.chat}?{urlencode({'start': payload})}" if self.chat else ""


@asynccontextmanager
async def bot_link(settings: Settings) -> AsyncIterator[BotLink]:
    """Of the sandbox's page at once; of a real bot as soon as Telegram has told its name."""
    if settings.sandboxed:
        yield BotLink(f"http://{settings.sandbox_listen}/")
        return
    link = BotLink()
    asking = asyncio.create_task(_keep_asking(link, settings))
    try:
        yield link
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking


async def _keep_asking(link: BotLink, settings: Settings) -> None:
    from backend.messaging.telegram.ask import who_am_i  # noqa: PLC0415  aiogram is heavy

    while True:
        try:
            link.chat = f"https://t.me/{await who_am_i(settings)}"
        except Failure as wrong:
            log.warning("the pages have no link to the bot", why=str(wrong))
        await asyncio.sleep(HOURLY if link.chat else SOON)
