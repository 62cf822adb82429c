"""A brand with an audience, and a Telegram that writes everything down."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from backend.messaging.channel import Channels
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.settings import Settings
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram


@pytest.fixture
async def telegram() -> AsyncIterator[NotingTelegram]:
    async with NotingTelegram() as running:
        yield running


@pytest.fixture
async def channels(telegram: NotingTelegram) -> AsyncIterator[Channels]:
    settings = Settings(bot_api_url=telegram.url, bot_token=SecretStr(TOKEN))
    async with open_channels(settings, memory_pacer(100_000)) as opened:
        yield opened
