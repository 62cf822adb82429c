"""Open Telegram from the settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.messaging.telegram.bot_factory import make_bot
from backend.messaging.telegram.pace import Pacer
from backend.messaging.telegram.send import TelegramChannel
from backend.platform.settings import Settings


@asynccontextmanager
async def open_telegram(settings: Settings, pacer: Pacer) -> AsyncIterator[TelegramChannel]:
    bot = make_bot(settings, pacer)
    try:
        yield TelegramChannel(bot, pacer)
    finally:
        await bot.session.close()
