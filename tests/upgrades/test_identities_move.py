"""Telegram's ids leave the customers' own rows: everybody keeps theirs, a block stays a block, and
what refers to customers goes on doing so."""

import sqlite3

import pytest

from backend.platform.migrate import MigrationFailed, migrate
from tests.support.database.filling import Database
from tests.support.database.sqlite import path_of

MOVED = "0026_identities"
_CUSTOMER = """
INSERT INTO customers (id, telegram_id, language, source, created_at, blocked_at)
VALUES ({id}, {telegram}, 'ru', 'poster', '2026-01-02 10:00:00+00:00', {blocked})
"""
_IDENTITY = """
SELECT customer_id, external_id, reachable_since IS NOT NULL AS here, blocked_at IS NOT NULL AS gone
FROM identities WHERE door = 'telegram' AND customer_id >= 100 ORDER BY customer_id
"""
_NEXT = """
INSERT INTO customers (language, source, created_at)
VALUES ('ru', '', '2026-01-02 10:00:00+00:00') RETURNING id
"""


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_everybody_keeps_the_id_by_which_they_are_known(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    await migrate(blank_database_url, last="0025_actions")
    await database.fill(1)
    people = [
        _CUSTOMER.format(id=100, telegram=9_007_199_254_740_991, blocked="NULL"),
        _CUSTOMER.format(id=101, telegram=700, blocked="'2026-02-01 10:00:00+00:00'"),
        # Their data was deleted.
        _CUSTOMER.format(id=102, telegram="NULL", blocked="NULL"),
    ]
    await database.ask([*people, "SELECT 1"])
    before = await database.counts()
    pointing = await database.targets()

    await migrate(blank_database_url, last=MOVED)
    after = await database.counts()
    assert {table: after[table] for table in before} == before
    assert pointing.items() <= (await database.targets()).items()
    columns = {column.name for column in (await database.columns())["customers"]}
    assert not {"telegram_id", "blocked_at"} & columns
    assert "deletion" in columns

    for _ in range(2):
        await migrate(blank_database_url)
        assert [tuple(row.values()) for row in await database.ask([_IDENTITY])] == [
            (100, "9007199254740991", True, False),
            (101, "700", True, True),
        ]


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_no_id_of_a_customer_is_given_twice(blank_database_url: str) -> None:
    """Of the last one that there ever was, although the table was made anew."""
    database = Database(blank_database_url)
    await migrate(blank_database_url, last="0025_actions")
    if database.lite:
        last = _CUSTOMER.format(id=500, telegram=1, blocked="NULL")
        await database.ask([last, "DELETE FROM customers WHERE id = 500", "SELECT 1"])
    else:
        await database.ask(["SELECT setval('customers_id_seq', 500)"])
    await migrate(blank_database_url)
    assert (await database.ask([_NEXT]))[0]["id"] == 501


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_a_row_that_refers_to_nobody_stops_an_upgrade(blank_database_url: str) -> None:
    """SQLite looks at references only at the end of an upgrade: they are all checked there."""
    database = Database(blank_database_url)
    if not database.lite:
        pytest.skip("PostgreSQL checks as it goes")
    await migrate(blank_database_url, last="0025_actions")
    await database.fill(1)
    file = sqlite3.connect(path_of(blank_database_url))
    file.execute("UPDATE contacts SET customer_id = 987654")
    file.commit()
    file.close()
    with pytest.raises(MigrationFailed, match="contacts"):
        await migrate(blank_database_url)
    assert "telegram_id" in {column.name for column in (await database.columns())["customers"]}
