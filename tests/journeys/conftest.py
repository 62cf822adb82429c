"""A shop street for the journeys: the demo brands, the bot at work, a Telegram with people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.messaging.registry import open_channels
from backend.platform.context import Context
from backend.platform.settings import Settings, load_settings
from backend.reactions import reactions
from backend.worker.run import run_worker
from bot import app
from bot.run import run_bot
from tests.conftest import worker_number
from tests.support.chat.telegram import Telegram
from tests.support.database import postgres
from tests.support.database.street import create_street
from tests.support.machine.running import OpenGate, in_background


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a tap may take so long that its words come as a message; that they do is
    held by tests/bot/runtime/test_show.py."""
    monkeypatch.setattr(app, "SOON_SECONDS", 60.0)


@pytest.fixture
async def database_url(engine: str, tmp_path: Path) -> AsyncIterator[str]:
    """With the demo brands loaded."""
    name = f"karman_street_{worker_number()}"
    yield await create_street(engine, tmp_path / "karman.db", name)
    if engine == "postgres":
        await postgres.drop_database(name)


@pytest.fixture
def settings(telegram: Telegram, database_url: str, tmp_path: Path) -> Settings:
    return load_settings(
        bot_token=telegram.token,
        bot_api_url=telegram.url,
        database_url=database_url,
        data_dir=tmp_path,
    )


@pytest.fixture
async def street(settings: Settings, database: str, ctx: Context) -> AsyncIterator[Context]:
    """The bot answers."""
    async with in_background(run_bot(settings, ctx, OpenGate())):
        yield ctx


@pytest.fixture
async def town(settings: Settings, database: str, ctx: Context) -> AsyncIterator[Context]:
    """The bot and the worker are up."""
    async with (
        open_channels(settings, OpenGate(), ctx.clock) as channels,
        in_background(run_bot(settings, ctx, OpenGate())),
        in_background(run_worker(settings, ctx, reactions(channels, ctx.clock))),
    ):
        yield ctx
