"""kill -9 of a real bot process at the worst moments: no update is lost, order is kept."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from models.telegram_update import TelegramUpdate
from tests.support.chat.telegram import Telegram
from tests.support.machine.processes import Process, start_python


class Killable:
    """Starts bot processes on one database and reads their journal."""

    def __init__(self, telegram: Telegram, database: str, folder: Path) -> None:
        self._arguments = (database, telegram.url, telegram.token, os.urandom(32).hex())
        self.folder = folder
        self._started: list[Process] = []

    async def start(self) -> Process:
        process = await start_python(
            "tests.support.chat.bot_process", *self._arguments, str(self.folder)
        )
        self._started.append(process)
        return process

    def open_gate(self) -> None:
        (self.folder / "gate").touch()

    @property
    def journal(self) -> list[str]:
        """`begin one`, `done one`, … in the order in which they happened."""
        return [line.partition(" ")[2] for line in self._lines()]

    def by(self, process: Process) -> list[str]:
        return [
            line.partition(" ")[2] for line in self._lines() if line.startswith(f"{process.pid} ")
        ]

    def _lines(self) -> list[str]:
        path = self.folder / "journal"
        return path.read_text().splitlines() if path.exists() else []

    async def until(self, what: Callable[[], Awaitable[bool]]) -> None:
        deadline = asyncio.get_running_loop().time() + 90
        while not await what():
            late = asyncio.get_running_loop().time() > deadline
            if late or any(process.returncode not in {None, -9} for process in self._started):
                raise AssertionError(await self._story())
            await asyncio.sleep(0.02)

    async def _story(self) -> str:
        """The journal, and what the processes said; ends them."""
        said = []
        for process in self._started:
            if process.returncode is None:
                process.kill()
            out, err = await process.communicate()
            said.append((out + err).decode())
        return "\n".join([*self.journal, *said])

    async def until_noted(self, line: str) -> None:
        async def noted() -> bool:
            return line in self.journal

        await self.until(noted)

    async def kill(self, process: Process) -> None:
        process.kill()
        # Also closes the pipes.
        await process.communicate()

    async def end(self) -> None:
        for process in self._started:
            if process.returncode is None:
                await self.kill(process)


@pytest.fixture
async def killable(telegram: Telegram, database: str, tmp_path: Path) -> AsyncIterator[Killable]:
    folder = tmp_path / "process"
    folder.mkdir()
    processes = Killable(telegram, database, folder)
    yield processes
    await processes.end()


async def _all_handled() -> bool:
    return not await TelegramUpdate.filter(handled_at=None).exists()


@pytest.mark.sample("postgres")
async def test_killed_while_handling_and_before_handling(
    telegram: Telegram, killable: Killable
) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    first = await killable.start()
    await anna.send("а1")
    await killable.until_noted("begin а1")
    # These are stored and acknowledged, but wait for the first one.
    await anna.send("а2")
    await anna.send("а3")
    await boris.send("б1")
    await killable.until_noted("begin б1")

    async def all_stored() -> bool:
        stored = await TelegramUpdate.all().count() == 4
        return stored and telegram.sandbox.box.updates.pending == 0

    await killable.until(all_stored)
    await killable.kill(first)
    assert await TelegramUpdate.filter(handled_at=None).count() == 4

    killable.open_gate()
    second = await killable.start()

    await killable.until(_all_handled)
    annas = [line for line in killable.by(second) if "а" in line.split()[1]]
    assert annas == ["begin а1", "done а1", "begin а2", "done а2", "begin а3", "done а3"]
    assert "done б1" in killable.by(second)
    assert len(killable.by(second)) == 8


@pytest.mark.sample("postgres")
async def test_a_process_in_standby_takes_over_from_a_killed_one(
    telegram: Telegram, killable: Killable
) -> None:
    anna = telegram.person("Анна")
    killable.open_gate()
    first = await killable.start()
    await anna.send("один")
    await killable.until_noted("done один")
    second = await killable.start()
    await anna.send("два")
    await killable.until_noted("done два")
    # «done» is noted inside the handler; killed before the row says so, the update would be
    # handled once more.
    await killable.until(_all_handled)
    assert killable.by(second) == []

    await killable.kill(first)
    await anna.send("три")
    await killable.until_noted("done три")

    assert killable.by(first) == ["begin один", "done один", "begin два", "done два"]
    assert killable.by(second) == ["begin три", "done три"]
