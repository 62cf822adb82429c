"""Rows for every table of a database at any schema, made from what its catalog says."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import asyncpg

from tests.support.database.schema import PG_REFERENCES, SQLITE_REFERENCES
from tests.support.database.sqlite import path_of

BOOKKEEPING = "tortoise_migrations"
_SQLITE_COLUMNS = """
    SELECT t.name AS table_name, c.name AS name, lower(c.type) AS kind, c."notnull" AS is_needed,
           c.pk AS is_key
    FROM sqlite_master t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid
"""
_PG_COLUMNS = """
    SELECT table_name, column_name AS name, data_type AS kind, is_nullable = 'NO' AS is_needed,
           FALSE AS is_key
    FROM information_schema.columns WHERE table_schema = 'public'
    ORDER BY table_name, ordinal_position
"""
# By the beginning of the type's name, on either database; `n` tells rows apart.
_VALUES = {
    "bool": "TRUE",
    "smallint": "1",
    "bigint": "{n}",
    "int": "{n}",
    "decimal": "{n}",
    "numeric": "{n}",
    "real": "{n}",
    "double": "{n}",
    "json": "'{{}}'",
    "char": "'{n:02x}'",
    "varchar": "'{n:02x}'",
    "text": "'{n:02x}'",
    "blob": "x'{n:02x}'",
    "bytea": "'\\x{n:02x}'",
    "timestamp": "'2026-01-01 10:00:00+00:00'",
    "date": "'2026-01-01'",
    "uuid": "'00000000-0000-0000-0000-{n:012d}'",
}


NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str
    needed: bool


# A migration counts what is there into these, so a key may be taken already.
COUNTED = frozenset({"account_feeds", "facts"})


class Database:
    """The file or the server behind a URL, asked and filled without any model."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.lite = url.startswith("sqlite://")

    async def ask(self, statements: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of the last statement; all are one transaction, foreign keys are held."""
        if self.lite:
            return self._ask_file(statements)
        connection = await asyncpg.connect(self.url)
        try:
            async with connection.transaction():
                for statement in statements[:-1]:
                    await connection.execute(statement)
                return [dict(row) for row in await connection.fetch(statements[-1])]
        finally:
            await connection.close()

    def _ask_file(self, statements: Sequence[str]) -> list[dict[str, Any]]:
        connection = sqlite3.connect(path_of(self.url))
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            with connection:
                for statement in statements[:-1]:
                    connection.execute(statement)
                return [dict(row) for row in connection.execute(statements[-1]).fetchall()]
        finally:
            connection.close()

    async def columns(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for row in await self.ask([_SQLITE_COLUMNS if self.lite else _PG_COLUMNS]):
            if row["table_name"] != BOOKKEEPING:
                needed = bool(row["is_needed"] or row["is_key"])
                column = Column(row["name"], row["kind"], needed)
                found.setdefault(row["table_name"], []).append(column)
        return found

    async def targets(self) -> dict[tuple[str, str], str]:
        """(table, column) → the table it refers to."""
        found = await self.ask([SQLITE_REFERENCES if self.lite else PG_REFERENCES])
        return {(row["table_name"], row["column_name"]): row["target"] for row in found}

    async def fill(self, number: int) -> None:
        """Two rows in every table: one with all columns, one with those that must be there.
        Rows refer to the rows of the same call. `number` is below 128, and each is used once."""
        columns = await self.columns()
        statements = []
        for table in in_order(list(columns), await self.targets()):
            needed = [column for column in columns[table] if column.needed]
            statements.append(_insert(table, columns[table], 2 * number))
            statements.append(_insert(table, needed, 2 * number + 1))
        await self.ask([*statements, "SELECT 1"])

    async def add(self, table: str, number: int, **given: str) -> None:
        """One row with what must be there and what is given, as SQL; all else is `number`."""
        columns = (await self.columns())[table]
        chosen = [column for column in columns if column.needed or column.name in given]
        await self.ask([_insert(table, chosen, number, given), "SELECT 1"])

    async def counts(self) -> dict[str, int]:
        tables = list(await self.columns())
        union = " UNION ALL ".join(
            f"SELECT '{table}' AS name, count(*) AS n FROM {table}" for table in tables
        )
        return {row["name"]: row["n"] for row in await self.ask([union])}


def in_order(tables: list[str], targets: dict[tuple[str, str], str]) -> list[str]:
    """Whatever is referred to comes first."""
    done: list[str] = []
    while len(done) < len(tables):
        ready = [
            table
            for table in tables
            if table not in done
            and all(to in (*done, table) for (frm, _), to in targets.items() if frm == table)
        ]
        assert ready, f"tables that refer to each other in a circle: {set(tables) - set(done)}"
        done += ready
    return done


def _insert(table: str, chosen: list[Column], n: int, given: Mapping[str, str] = NOTHING) -> str:
    """A key is `n`, and so is whatever refers to one."""
    names = ", ".join(f'"{column.name}"' for column in chosen)
    values = ", ".join(given.get(column.name) or _value(column, n) for column in chosen)
    beside = " ON CONFLICT DO NOTHING" if table in COUNTED else ""
    return f"INSERT INTO {table} ({names}) VALUES ({values}){beside}"


def _value(column: Column, n: int) -> str:
    fitting = [text for start, text in _VALUES.items() if column.kind.startswith(start)]
    assert fitting, (
        f"{column.name}: name a value for {column.kind} in tests/support/database/filling.py"
    )
    return fitting[0].format(n=n)
