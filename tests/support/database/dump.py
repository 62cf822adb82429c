"""Everything a thief of the database gets, as bytes."""

import io

import asyncpg

from tests.support.database import sqlite

_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"


async def dump_of(url: str) -> dict[str, bytes]:
    """File or table → content. SQLite's journal and whatever lies in freed pages included."""
    if url.startswith("sqlite://"):
        path = sqlite.path_of(url)
        return {file.name: file.read_bytes() for file in path.parent.glob(f"{path.name}*")}
    connection = await asyncpg.connect(url)
    try:
        tables = [row["table_name"] for row in await connection.fetch(_TABLES)]
        return {table: await _copied(connection, table) for table in tables}
    finally:
        await connection.close()


async def _copied(connection: asyncpg.Connection, table: str) -> bytes:
    written = io.BytesIO()
    for form in ("text", "binary"):
        await connection.copy_from_table(table, output=written, format=form)
    return written.getvalue()
