"""The bot against the tests' Telegram, on both databases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram import Bot, Router

from backend.messaging.telegram.bot_factory import make_bot
from backend.platform.context import Context
from backend.platform.settings import Settings, load_settings
from bot.app import BotApp
from bot.dispatcher import build_dispatcher
from bot.run import receive_updates, run_bot
from bot.screens.refusals import refusal_screen
from bot.words import load_words
from tests.support.chat.telegram import Telegram
from tests.support.machine.running import OpenGate, in_background


@pytest.fixture
def bot_settings(telegram: Telegram, database_url: str, tmp_path: Path) -> Settings:
    """What the bot needs to reach the sandbox and the test's database."""
    return load_settings(
        bot_token=telegram.token,
        bot_api_url=telegram.url,
        database_url=database_url,
        data_dir=tmp_path,
    )


@pytest.fixture
async def aiogram_bot(bot_settings: Settings) -> AsyncIterator[Bot]:
    bot = make_bot(bot_settings, OpenGate())
    yield bot
    await bot.session.close()


@dataclass(frozen=True)
class Toy:
    """The real runtime around handlers that a test wrote itself."""

    settings: Settings
    ctx: Context
    bot: Bot

    @asynccontextmanager
    async def running(self, router: Router) -> AsyncIterator[BotApp]:
        """Receives updates until the block ends, then finishes the one in hand."""
        dispatcher = build_dispatcher([router])
        app = BotApp.of(self.bot, self.ctx, dispatcher, load_words(), refusal_screen)
        async with in_background(receive_updates(self.settings, self.ctx, app)):
            yield app


@pytest.fixture
def toy(bot_settings: Settings, database: str, ctx: Context, aiogram_bot: Bot) -> Toy:
    return Toy(bot_settings, ctx, aiogram_bot)


@pytest.fixture
async def bot_running(bot_settings: Settings, database: str, ctx: Context) -> AsyncIterator[None]:
    """The whole bot, its real handlers included."""
    async with in_background(run_bot(bot_settings, ctx, OpenGate())):
        yield
