"""PostgreSQL and Valkey go away and come back under load: no process ends, nothing is lost."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from pathlib import Path

import asyncpg
import pytest

from backend.platform.migrate import migrate
from backend.platform.secrets.key_file import load_or_make_key_file
from backend.platform.settings import Settings
from backend.platform.sole import LostTurn, alone
from tests.support.chat.telegram import Telegram
from tests.support.machine.processes import ROOT
from tests.support.machine.restarting import RestartingPostgres, RestartingValkey

PATIENCE_SECONDS = 90


class Two:
    """A bot and a worker on one database, each a real process; their logs are files."""

    def __init__(self, url: str, telegram: Telegram, valkey: str, folder: Path) -> None:
        self._folder = folder
        (folder / "gate").touch()
        (folder / "worker").mkdir()
        key, _ = load_or_make_key_file(folder / "worker")
        self._bot = (url, telegram.url, telegram.token, key.hex(), str(folder))
        self._environment = os.environ | {
            "KARMAN_DATABASE_URL": url,
            "KARMAN_REDIS_URL": valkey,
            "KARMAN_DATA_DIR": str(folder / "worker"),
            "KARMAN_BOT_API_URL": telegram.url,
            "KARMAN_BOT_TOKEN": telegram.token,
        }
        self.processes: list[Process] = []

    async def start(self) -> None:
        await self._start("bot", "tests.support.chat.bot_process", *self._bot)
        await self._start("worker", "tests.worker.process_worker", "2")

    async def _start(self, name: str, *arguments: str) -> None:
        with (self._folder / f"{name}.log").open("wb") as log:
            self.processes.append(
                await asyncio.create_subprocess_exec(
                    sys.executable, "-m", *arguments, cwd=ROOT, env=self._environment,
                    stdin=DEVNULL, stdout=log, stderr=log,
                )
            )  # fmt: skip

    def check(self) -> None:
        ended = [process.returncode for process in self.processes if process.returncode is not None]
        assert ended == [], self.logs()

    def logs(self) -> str:
        return "\n".join(path.read_text()[-3000:] for path in self._folder.glob("*.log"))

    @property
    def done(self) -> Counter[str]:
        journal = self._folder / "journal"
        lines = journal.read_text().splitlines() if journal.exists() else []
        return Counter(line.split()[2] for line in lines if line.split()[1] == "done")

    async def handled_more_than(self, number: int) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while len(self.done) <= number:
                    self.check()
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{len(self.done)} handled\n{self.logs()}") from None

    async def end(self) -> None:
        for process in self.processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def writing(telegram: Telegram, sent: list[str]) -> None:
    """Анна and Борис write all the time."""
    people = (telegram.person("Анна"), telegram.person("Борис"))
    while True:
        for person in people:
            text = f"n{len(sent)}"
            await person.send(text)
            sent.append(text)
            await asyncio.sleep(0.1)


@pytest.mark.slow
@pytest.mark.parametrize("times", [3, pytest.param(10, marks=pytest.mark.long)])
async def test_no_process_ends_and_every_update_is_handled(
    tmp_path: Path, valkey_url: str, times: int
) -> None:
    """Clean restarts and crashes in turns, with the bot busy and the worker in its rounds."""
    sent: list[str] = []
    async with Telegram(tmp_path / "telegram") as telegram, RestartingPostgres("load") as server:
        await migrate(server.url)
        two = Two(server.url, telegram, valkey_url, tmp_path)
        load = asyncio.create_task(writing(telegram, sent))
        try:
            await two.start()
            for number in range(times):
                await two.handled_more_than(len(two.done))
                await server.stop(crash=number % 2 == 1)
                await asyncio.sleep(0.5)
                two.check()
                await server.start()
            load.cancel()
            await two.handled_more_than(len(sent) - 1)
            await settled(server.url)
            two.check()
        finally:
            load.cancel()
            await two.end()
    assert set(two.done) == set(sent)
    again = sum(two.done.values()) - len(sent)
    assert again <= times, "only what was in hand when the server went may come twice"


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgres"])
async def test_valkey_is_killed_and_comes_back(database_url: str, tmp_path: Path) -> None:
    """The queue and the pace are gone for two seconds, twice; then they begin anew."""
    sent: list[str] = []
    async with Telegram(tmp_path / "telegram") as telegram, RestartingValkey(tmp_path) as server:
        two = Two(database_url, telegram, server.url, tmp_path)
        load = asyncio.create_task(writing(telegram, sent))
        try:
            await two.start()
            for _ in range(2):
                await two.handled_more_than(len(two.done))
                await server.kill()
                await asyncio.sleep(2)
                two.check()
                await server.start()
            await two.handled_more_than(len(two.done))
            load.cancel()
            await two.handled_more_than(len(sent) - 1)
            await settled(database_url)
            two.check()
        finally:
            load.cancel()
            await two.end()
    assert set(two.done) == set(sent)


async def settled(url: str) -> None:
    """Every update is marked as handled, none was set aside."""
    connection = await asyncpg.connect(url)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            waiting = "SELECT count(*) FROM telegram_updates WHERE handled_at IS NULL"
            while await connection.fetchval(waiting):  # noqa: ASYNC110  another process
                await asyncio.sleep(0.05)
        aside = "SELECT count(*) FROM telegram_updates WHERE error <> ''"
        assert await connection.fetchval(aside) == 0
    finally:
        await connection.close()


@pytest.mark.slow
async def test_the_standby_waits_through_an_outage(tmp_path: Path) -> None:
    """Both are told to wait; whoever had the turn loses it, and one of them has it again."""
    async with RestartingPostgres("turn") as server:
        settings = Settings(database_url=server.url)
        turns: asyncio.Queue[str] = asyncio.Queue()

        async def work(name: str) -> None:
            while True:
                try:
                    async with alone("story", settings):
                        turns.put_nowait(name)
                        await asyncio.sleep(600)
                except LostTurn:
                    turns.put_nowait(f"{name} lost it")

        working = [asyncio.create_task(work(name)) for name in ("one", "two")]
        first = await asyncio.wait_for(turns.get(), PATIENCE_SECONDS)
        for crash in (False, True):
            await server.stop(crash=crash)
            assert await asyncio.wait_for(turns.get(), PATIENCE_SECONDS) == f"{first} lost it"
            await asyncio.sleep(1.5)
            assert not any(task.done() for task in working)
            await server.start()
            first = await asyncio.wait_for(turns.get(), PATIENCE_SECONDS)
            assert turns.empty(), "one at a time"
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
