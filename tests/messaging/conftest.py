"""A channel on the tests' Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from backend.messaging.gated_channels import GatedChannels
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.settings import Settings
from models.message import MessagePurpose
from tests.support.telegram import Telegram


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with Telegram(tmp_path / "telegram") as running:
        yield running


@pytest.fixture
def settings(telegram: Telegram) -> Settings:
    return Settings(bot_api_url=telegram.url, bot_token=SecretStr(telegram.token))


async def everything_goes(
    _customer: int, _brand: int | None, _channel: str, _purpose: MessagePurpose
) -> bool:
    return True


@pytest.fixture
async def post(settings: Settings) -> AsyncIterator[GatedChannels]:
    async with open_channels(settings, memory_pacer(1000)) as channels:
        yield GatedChannels(channels, everything_goes)
