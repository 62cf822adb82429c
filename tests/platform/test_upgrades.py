"""Upgrades of databases that have rows in every table, on both engines.

The rows are made from the database's own catalog, so a new table or column is covered without
a line here.
"""

import signal
import sqlite3

import pytest

from backend.cli.explain import explain
from backend.platform.migrate import MigrationFailed, migrate
from tests.support.database.filling import Database
from tests.support.machine.processes import ROOT, start_python

ALL = sorted(path.stem for path in (ROOT / "models" / "migrations").glob("0*.py"))
# Schemas that installations are known to stand at; 0008 is below and in tests/upgrades/.
RELEASED = ("0012_wallet",)
# A table whose rows have moved → where they are now.
GONE = {"profile_refreshes": "facts", "pushes": "campaigns"}
REMEDY = (
    "{name} fails on a database that has rows: {error}. A new column that is not null needs a "
    "default of the database: db_default=… beside default=… in the model and in AddField, or "
    "RunSQL with ADD COLUMN … NOT NULL DEFAULT … (CONTRIBUTING.md, 'A migration')"
)


async def upgraded(url: str, name: str) -> None:
    try:
        await migrate(url, last=name)
    except Exception as error:
        raise AssertionError(REMEDY.format(name=name, error=error)) from error


@pytest.mark.slow
async def test_every_step_works_with_rows_in_every_table(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    for step, name in enumerate(ALL):
        before = await database.counts() if step else {}
        await upgraded(blank_database_url, name)
        after = await database.counts()
        lost = {table for table in before.keys() & after.keys() if after[table] < before[table]}
        assert not lost, f"{name} lost rows of {lost}"
        assert before.keys() - after.keys() <= GONE.keys(), f"{name}: say in GONE where they are"
        await database.fill(step + 1)
    empty = [table for table, held in (await database.counts()).items() if held == 0]
    assert not empty


@pytest.mark.slow
@pytest.mark.parametrize("released", RELEASED)
@pytest.mark.sample("postgres")
async def test_an_upgrade_in_one_go_keeps_every_row(blank_database_url: str, released: str) -> None:
    database = Database(blank_database_url)
    await migrate(blank_database_url, last=released)
    await database.fill(1)
    before = await database.counts()
    await upgraded(blank_database_url, ALL[-1])
    after = await database.counts()
    gone = {name: before.pop(name) for name in GONE if name in before}
    assert {name: after.get(name) for name in before} == before
    assert all(after[GONE[name]] >= held for name, held in gone.items())


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_an_upgrade_killed_half_way_changed_nothing_and_is_done_again(
    blank_database_url: str,
) -> None:
    database = Database(blank_database_url)
    await migrate(blank_database_url, last="0008_privacy")
    await database.fill(1)
    before = await database.counts()
    killed = await start_python("tests.platform.process_migrate", blank_database_url, "sharing")
    await killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    assert await database.counts() == before
    await upgraded(blank_database_url, ALL[-1])


@pytest.mark.slow
async def test_an_upgrade_that_cannot_be_made_says_what_it_is_about(
    blank_database_url: str,
) -> None:
    await migrate(blank_database_url, last="0010_offers_shown")
    await Database(blank_database_url).ask(["CREATE TABLE card_findings (id INT)", "SELECT 1"])
    with pytest.raises(MigrationFailed) as failed:
        await migrate(blank_database_url)
    line = explain(failed.value) or ""
    assert "0011_duplicate" in line
    assert "Nothing was changed" in line
    assert "disk" not in line
    assert "KARMAN_DATABASE_URL" not in line


def test_a_database_of_an_older_schema_is_told_apart_from_a_broken_disk() -> None:
    line = explain(sqlite3.OperationalError("no such column: cards.tier")) or ""
    assert "run karman migrate" in line
    assert "disk" not in line
    assert "disk" in (explain(sqlite3.OperationalError("disk I/O error")) or "")
