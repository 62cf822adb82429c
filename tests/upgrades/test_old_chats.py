"""Chats as an older version left them: every button that people were shown still does its work.

record_chats.py tells how they were made. The database is brought up to date, the bot of today
runs on it, and each person taps whatever was ever shown, in the order in which it was.
"""

import asyncio
import gzip
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import load_settings
from bot.run import run_bot
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.clock import StoppedClock
from tests.support.contexts import context
from tests.support.database.sqlite import url_of
from tests.support.machine.running import OpenGate, in_background
from tests.upgrades.record import MASTER_KEY

DATA = Path(__file__).parent / "data"
TOKEN = "1000000077:" + "r" * 35
RECORDED = "chats-0021"
BROKEN = "Что-то сломалось"
UNKNOWN = "уже не работает"
pytestmark = pytest.mark.slow


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Telegram]:
    # Its updates are counted anew, so it is another bot's Telegram to the recorded inbox.
    async with Telegram(tmp_path / "telegram", token=TOKEN) as running:
        yield running


@pytest.fixture
async def bot(telegram: Telegram, tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Context]:
    """The bot of today on the recorded folder, a day later."""
    url = url_of(tmp_path / "karman.db")
    file = sqlite3.connect(tmp_path / "karman.db")
    file.executescript(gzip.decompress((DATA / f"{RECORDED}.sql.gz").read_bytes()).decode())
    file.close()
    assert await migrate(url)
    await connect(url)
    clock.advance(days=1)
    ctx = context(await open_vault(MasterKeys(MASTER_KEY), clock()), clock)
    settings = load_settings(
        bot_token=telegram.token, bot_api_url=telegram.url, database_url=url, data_dir=tmp_path
    )
    async with in_background(run_bot(settings, ctx, OpenGate())):
        yield ctx
    await disconnect()


async def test_every_old_button_is_answered(telegram: Telegram, bot: Context) -> None:
    shown: dict[str, list[str]] = json.loads((DATA / f"{RECORDED}.json").read_text())
    assert sum(map(len, shown.values())) > 100
    wrong = []
    for telegram_id, taps in shown.items():
        person = telegram.known(int(telegram_id))
        await person.start()
        await person.until(lambda screen: bool(screen.get("text")))
        said = [(data, await answer_to(telegram, person, data)) for data in taps]
        wrong += [f"{person.id} {data}: {words}" for data, words in said if words]
    assert not wrong, "\n".join(wrong)


async def answer_to(telegram: Telegram, person: Person, data: str) -> str:
    """What was wrong with it; empty when the bot did its work or refused in its own words."""
    button = {"text": "old", "callback_data": data}
    message = await telegram.call(
        "sendMessage", chat_id=person.id, text="…", reply_markup={"inline_keyboard": [[button]]}
    )
    query = await person.tap_data(message["message_id"], data)
    told = str((await person.answered(query)).get("text", ""))
    await asyncio.sleep(0)
    seen = f"{told} {person.text}"
    return seen if BROKEN in seen or UNKNOWN in seen else ""
