"""`karman bot` runs without a worker and without Redis, answers, and stops when it is asked to."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.support.chat.telegram import Telegram
from tests.support.machine.installed import install
from tests.support.machine.processes import finish, start_karman

pytestmark = pytest.mark.slow


async def test_it_answers_with_its_queue_in_memory(tmp_path: Path, telegram: Telegram) -> None:
    install(tmp_path / "data")
    mine = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    process = await start_karman(
        "bot",
        environment=mine
        | {
            "KARMAN_DATA_DIR": str(tmp_path / "data"),
            "KARMAN_REDIS_URL": "memory://",
            "KARMAN_BOT_TOKEN": telegram.token,
            "KARMAN_BOT_API_URL": telegram.url,
        },
    )
    anna = telegram.person("Анна")
    await anna.start()

    async with asyncio.timeout(120):
        while not anna.buttons:
            assert process.returncode is None, "the bot ended by itself"
            await asyncio.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    await finish(process, 90)
    assert process.returncode == 0
