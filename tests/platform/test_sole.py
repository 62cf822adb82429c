"""One process at a time, on SQLite by a file lock and on PostgreSQL by an advisory lock."""

import asyncio

import asyncpg
import pytest
from structlog.testing import capture_logs

from backend.platform.settings import Settings
from backend.platform.sole import LostTurn, alone, lock_number
from tests.support.machine.processes import start_python
from tests.support.machine.waiting import until_logged

STANDBY = "waiting in standby"


async def test_the_next_goes_on_when_the_holder_is_killed(database_url: str) -> None:
    """kill -9 of the holder: the standby has the turn at once."""
    first = await start_python("tests.platform.process_alone", database_url)
    assert await asyncio.wait_for(first.stdout.readline(), 30) == b"mine\n"
    taken = asyncio.Event()

    async def standby() -> None:
        async with alone("story", Settings(database_url=database_url)):
            taken.set()

    with capture_logs() as said:
        waiting = asyncio.create_task(standby())
        await until_logged(said, STANDBY)
    assert not taken.is_set()
    async with alone("another story", Settings(database_url=database_url)):
        pass
    first.kill()
    await first.communicate()
    await asyncio.wait_for(waiting, 5)


async def test_a_standby_can_be_cancelled(database_url: str) -> None:
    settings = Settings(database_url=database_url)

    async def standby() -> None:
        async with alone("story", settings):
            pass

    async with alone("story", settings):
        with capture_logs() as said:
            waiting = asyncio.create_task(standby())
            await until_logged(said, STANDBY)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


@pytest.mark.parametrize("engine", ["postgres"])
async def test_who_loses_the_lock_is_stopped(database_url: str) -> None:
    """The server ends the holder's connection: another process may go on, so this one must
    not."""
    settings = Settings(database_url=database_url)

    held = asyncio.Event()

    async def hold() -> None:
        async with alone("story", settings):
            held.set()
            await asyncio.Event().wait()

    holding = asyncio.create_task(hold())
    await asyncio.wait_for(held.wait(), 30)
    admin = await asyncpg.connect(database_url)
    number = lock_number("story") & (2**64 - 1)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        " AND classid = $1::bigint::oid AND objid = $2::bigint::oid",
        number >> 32,
        number & 0xFFFFFFFF,
    )
    await admin.close()
    with pytest.raises(LostTurn):
        await asyncio.wait_for(holding, 5)


def test_lock_numbers_fit_and_differ() -> None:
    assert lock_number("a") != lock_number("b")
    assert -(2**63) <= lock_number("a") < 2**63
