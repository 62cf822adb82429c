"""A channel on the tests' Telegram."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from backend.messaging.gated_channels import GatedChannels
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.settings import Settings
from tests.support.chat.telegram import Telegram
from tests.support.edge.gates import everything_goes


@pytest.fixture
def settings(telegram: Telegram) -> Settings:
    return Settings(bot_api_url=telegram.url, bot_token=SecretStr(telegram.token))


@pytest.fixture
async def post(settings: Settings) -> AsyncIterator[GatedChannels]:
    async with open_channels(settings, memory_pacer(1000)) as channels:
        yield GatedChannels(channels, everything_goes)
