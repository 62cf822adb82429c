"""Ten thousand random and hostile updates: no unhandled exception, no lost update."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from traceback import format_exception
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from bot.app import BotApp
from bot.dispatcher import build_dispatcher
from bot.handlers.registry import ROUTERS
from bot.intake.lanes import Bounds, Lanes
from bot.intake.store import Inbox
from bot.intake.trouble import label
from bot.sandbox.messages import newest_messages
from bot.sandbox.people import get_person
from bot.screens.refusals import refusal_screen
from bot.words import load_words
from models.telegram_update import TelegramUpdate
from tests.conftest import worker_number
from tests.support.chat.direct_session import DirectSession
from tests.support.chat.telegram import Telegram
from tests.support.database import postgres
from tests.support.database.street import create_street
from tests.support.pictures.hostile import Hostile

BATCH = 250
PORTION = 25
BATCHES = 21  # on each of two databases: 10,500 updates
UNREADABLE = "not an update of Telegram"


@pytest.fixture
async def database_with_offers(engine: str, tmp_path: Path) -> AsyncIterator[str]:
    name = f"karman_hostile_{worker_number()}"
    url = await create_street(engine, tmp_path / "karman.db", name)
    await connect(url)
    yield url
    await disconnect()
    if engine == "postgres":
        await postgres.drop_database(name)


class Street:
    """The real dispatcher and handlers, fed through the real inbox and lanes."""

    def __init__(self, telegram: Telegram, ctx: Context) -> None:
        self._telegram = telegram
        self._persons = [telegram.person(name) for name in ("Анна", "Борис", "Carol", "Дина")]
        box = telegram.sandbox.box
        bot = Bot(telegram.token, DirectSession(box), DefaultBotProperties(parse_mode="HTML"))
        app = BotApp.of(bot, ctx, build_dispatcher(ROUTERS), load_words(), refusal_screen)
        self.inbox = Inbox(ctx, telegram.bot_id)
        self._app = app
        self._next = 1
        self._broken: dict[str, Exception] = {}

    async def open_chats(self) -> None:
        for person in self._persons:
            await person.start()

    def _users(self) -> list[dict[str, Any]]:
        box = self._telegram.sandbox.box
        return [get_person(box, person.id).user for person in self._persons]

    def _buttons(self, person_id: int) -> list[tuple[int, str]]:
        """Every tap that the person could make now."""
        found = []
        for kept in newest_messages(self._telegram.sandbox.box, person_id, 3):
            for row in kept.body.get("reply_markup", {}).get("inline_keyboard", []):
                found += [
                    (kept.body["message_id"], button["callback_data"])
                    for button in row
                    if "callback_data" in button
                ]
        return found

    async def survive(self, rng: Random, count: int) -> None:
        hostile = Hostile(rng, self._users(), self._buttons)
        # In portions, so that taps are made on what is on the screens.
        for _ in range(0, count, PORTION):
            updates = [hostile.update(self._next + number) for number in range(PORTION)]
            self._next += PORTION
            await self.inbox.store(updates)
            with capture_logs() as said:
                await self._handle_all()
            for line in said:
                if "exc_info" in line:
                    self._broken[label(line["exc_info"])] = line["exc_info"]
        await self._check()

    async def _handle_all(self) -> None:
        bounds = Bounds(first_pause=0.01, look=0.01)
        lanes = Lanes(self.inbox, self._app.handle, self._app.apologise, bounds)
        running = asyncio.create_task(lanes.run())
        async with asyncio.timeout(60):
            while await TelegramUpdate.filter(handled_at=None).exists():  # noqa: ASYNC110
                await asyncio.sleep(0.002)
        lanes.stop()
        await running

    async def _check(self) -> None:
        traces = ["".join(format_exception(error)) for error in self._broken.values()]
        assert not traces, "\n\n".join(traces)
        assert await TelegramUpdate.all().count() == self._next - 1, "an update is lost"
        aside = await TelegramUpdate.exclude(error="")
        strange = {row.error for row in aside if not row.error.startswith((UNREADABLE, "Malform"))}
        assert not strange


def of_batches(number: int) -> settings:
    """What survives is the same whatever the number; more finds more."""
    return settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


async def survive_a_batch(telegram: Telegram, ctx: Context, rng: Random) -> None:
    await TelegramUpdate.all().delete()
    street = Street(telegram, ctx)
    await street.open_chats()
    await street.survive(rng, BATCH)


@pytest.mark.slow
@of_batches(max(1, BATCHES // 3))
@given(rng=st.randoms(use_true_random=True))
@pytest.mark.sample("sqlite")
async def test_nothing_breaks_and_nothing_is_lost(
    telegram: Telegram, database_with_offers: str, ctx: Context, rng: Random
) -> None:
    await survive_a_batch(telegram, ctx, rng)


@pytest.mark.long
@pytest.mark.timeout(3600)
@of_batches(BATCHES * 10)
@given(rng=st.randoms(use_true_random=True))
async def test_very_many_and_nothing_breaks(
    telegram: Telegram, database_with_offers: str, ctx: Context, rng: Random
) -> None:
    await survive_a_batch(telegram, ctx, rng)
