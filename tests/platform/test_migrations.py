"""`karman migrate`: three processes at once, a process killed in the middle, no drift."""

import asyncio
import signal
import sqlite3
import sys
from pathlib import Path

import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

from backend.platform.database import connect, disconnect, rows, tortoise_config
from backend.platform.migrate import migrate
from tests.support.machine.processes import ROOT, finish, start_python

WORKER = "tests.platform.process_migrate"
ALL = sorted(path.stem for path in (ROOT / "models" / "migrations").glob("0*.py"))


async def recorded(url: str) -> list[str]:
    await connect(url)
    found = await rows("SELECT name FROM tortoise_migrations ORDER BY name")
    await disconnect()
    return [str(row["name"]) for row in found]


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_three_processes_migrate_an_empty_database_at_once(blank_database_url: str) -> None:
    processes = [await start_python(WORKER, blank_database_url) for _ in range(3)]
    outputs = await asyncio.gather(*(finish(process) for process in processes))
    applied = [line.split() for line in outputs if line.strip()]
    assert applied == [ALL], "one process applies all, the other two find nothing to do"
    assert await recorded(blank_database_url) == ALL


@pytest.mark.slow
@pytest.mark.parametrize(
    "word",
    [
        pytest.param('CREATE TABLE "cards"', id="in-the-first"),
        pytest.param("contacts_verified_once", id="in-the-second"),
        pytest.param("RECORD", id="before-the-record"),
    ],
)
@pytest.mark.sample("postgres-before-the-record")
async def test_a_migration_killed_in_the_middle_is_done_again(
    blank_database_url: str, word: str
) -> None:
    killed = await start_python(WORKER, blank_database_url, word)
    await killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    await migrate(blank_database_url)
    assert await recorded(blank_database_url) == ALL


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_an_upgrade_is_whole_or_absent(blank_database_url: str) -> None:
    killed = await start_python(WORKER, blank_database_url, "contacts_verified_once")
    await killed.communicate()
    assert await recorded(blank_database_url) == []
    assert await migrate(blank_database_url) == ALL


def schema(file: Path) -> list[tuple[object, ...]]:
    """Every table, column, index and trigger as SQLite wrote it down."""
    with sqlite3.connect(file) as database:
        return sorted(database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


@pytest.mark.slow
@pytest.mark.parametrize("newest", [pytest.param(ALL[29], id="thirty"), pytest.param("", id="all")])
@pytest.mark.sample("thirty")
async def test_lean_migrations_make_what_tortoise_itself_makes(tmp_path: Path, newest: str) -> None:
    """Tortoise itself needs a second of CPU for two of them, and more for each than before."""
    for last in (ALL[12], ALL[13], newest):
        await migrate(f"sqlite://{tmp_path}/lean.db", last=last)
    config = tortoise_config(f"sqlite://{tmp_path}/whole.db")
    await Tortoise.init(config=config, init_connections=False, _enable_global_fallback=True)
    try:
        client = get_connection("default")
        # Some make a table anew that others refer to, which no transaction of SQLite allows.
        await client.execute_query("PRAGMA foreign_keys = OFF")
        wanted = [MigrationTarget("models", newest)] if newest else None
        await MigrationExecutor(client, {"models": config["apps"]["models"]}).migrate(wanted)
    finally:
        await Tortoise.close_connections()
    assert schema(tmp_path / "lean.db") == schema(tmp_path / "whole.db")


async def test_a_second_run_applies_nothing(database_url: str) -> None:
    assert await migrate(database_url) == []


async def test_models_and_migrations_say_the_same(tmp_path: Path) -> None:
    config = tortoise_config(f"sqlite://{tmp_path / 'unused.db'}")
    await Tortoise.init(config=config, init_connections=False)
    try:
        assert Tortoise.apps is not None
        changes = await MigrationAutodetector(Tortoise.apps, config["apps"]).changes()
    finally:
        await Tortoise.close_connections()
    missing = [operation for writer in changes for operation in writer.operations]
    assert not missing, (
        f"The models have changes that no migration makes: {missing}. "
        "Run makemigrations (CONTRIBUTING.md, 'A migration') and commit the file."
    )


def test_migrations_do_not_import_what_may_be_missing() -> None:
    """Generated files import orjson's loads when it happens to be installed; it is a
    dependency here, anything else would need a reason."""
    allowed = {"tortoise", "orjson", "models", *sys.stdlib_module_names}
    for path in (ROOT / "models" / "migrations").glob("0*.py"):
        for line in path.read_text().splitlines():
            if line.startswith(("from ", "import ")):
                package = line.split()[1].split(".")[0]
                assert package in allowed, f"{path.name}: {line}"
