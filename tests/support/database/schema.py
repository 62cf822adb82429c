"""What a connected database really holds, asked of the database itself."""

from dataclasses import dataclass

from backend.platform.database import is_postgres, rows

_PG_INDEXES = """
    SELECT t.relname AS table_name, i.relname AS name, x.indisunique AS is_unique,
           x.indpred IS NOT NULL AS is_partial,
           (SELECT string_agg(COALESCE(a.attname, ''), ',' ORDER BY k.place)
            FROM unnest(x.indkey::int[]) WITH ORDINALITY k (attnum, place)
            LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum) AS columns
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
"""
PG_REFERENCES = """
    SELECT t.relname AS table_name, a.attname AS column_name, f.relname AS target,
           c.confdeltype = 'r' AS is_restrict
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_class f ON f.oid = c.confrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f'
"""
_SQLITE_INDEXES = """
    SELECT t.name AS table_name, x.name AS name, x."unique" AS is_unique, x.partial AS is_partial,
           (SELECT group_concat(COALESCE(i.name, ''), ',') FROM
            (SELECT name FROM pragma_index_info(x.name) ORDER BY seqno) i) AS columns
    FROM sqlite_master t, pragma_index_list(t.name) x WHERE t.type = 'table'
"""
SQLITE_REFERENCES = """
    SELECT t.name AS table_name, f."from" AS column_name, f."table" AS target,
           f.on_delete = 'RESTRICT' AS is_restrict
    FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
"""


@dataclass(frozen=True, slots=True)
class Index:
    table: str
    name: str
    unique: bool
    partial: bool
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key of one column."""

    table: str
    column: str
    target: str
    restrict: bool


async def indexes() -> list[Index]:
    found = await rows(_PG_INDEXES if is_postgres() else _SQLITE_INDEXES)
    return [
        Index(
            row["table_name"], row["name"], bool(row["is_unique"]), bool(row["is_partial"]),
            tuple(row["columns"].split(",")),
        )
        for row in found
    ]  # fmt: skip


async def references() -> list[Reference]:
    found = await rows(PG_REFERENCES if is_postgres() else SQLITE_REFERENCES)
    return [
        Reference(row["table_name"], row["column_name"], row["target"], bool(row["is_restrict"]))
        for row in found
    ]
