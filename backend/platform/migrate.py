"""Bring the database up to the newest schema; safe when several processes start at once."""

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.migrations.executor import MigrationTarget
from tortoise.transactions import in_transaction

from backend.platform.database import POSTGRES_ENGINE, tortoise_config
from backend.platform.engines.migrations import LeanMigrations
from backend.platform.secrets.private_file import private_folder
from models import migrations

_SQLITE_CONSTRAINTS = {
    getattr(sqlite3, name) for name in dir(sqlite3) if name.startswith("SQLITE_CONSTRAINT")
}
_FAILED = (
    "the migrations {} to {} cannot be applied to what the database holds: {}. Nothing was "
    "changed; the version that was here before still runs. This is a mistake of Karman: report "
    "it with this line"
)
_RECORDED = "SELECT name FROM tortoise_migrations WHERE app = 'models'"
# Tortoise wants an app: any whose models refer to none.
_ONE_MODEL = {"models": ["models.service_key"], "default_connection": "default"}
# Any 64-bit number will do, as long as nothing else of ours locks by it.
ADVISORY_LOCK = 0x6B61726D616E0001


class MigrationFailed(Exception):
    """The schema could not be changed; the database is as it was before."""


async def migrate(url: str, *, last: str = "") -> list[str]:
    """Apply what is missing, up to the migration `last` if one is named, and return the names
    of the applied migrations.

    Tortoise takes no lock: of three processes that migrate an empty PostgreSQL at once, one
    fails. Here the others wait, then find nothing to do.
    """
    config = tortoise_config(url)
    if not last and await _nothing_missing(config["connections"]):
        return []
    async with _alone(config):
        return await _migrate(config, last)


async def _nothing_missing(connections: dict[str, Any]) -> bool:
    """Nearly every start finds nothing to do: so much is seen without waiting for anybody, and
    without reading a single migration."""
    if not _is_there(connections["default"]):
        return False
    config = {"connections": connections, "apps": {"models": _ONE_MODEL}}
    await Tortoise.init(config=config, init_connections=False, _enable_global_fallback=True)
    try:
        found = await get_connection("default").execute_query_dict(_RECORDED)
    except OperationalError:
        return False
    finally:
        await Tortoise.close_connections()
    return {row["name"] for row in found} == _names()


def _is_there(target: dict[str, Any]) -> bool:
    """SQLite would make a file to look into."""
    return target["engine"] == POSTGRES_ENGINE or Path(target["credentials"]["file_path"]).exists()


def _names() -> set[str]:
    return {file.stem for file in Path(migrations.__path__[0]).glob("[0-9]*.py")}


async def _migrate(config: dict[str, Any], last: str) -> list[str]:
    apps = {"models": config["apps"]["models"]}
    applied: list[str] = []
    await Tortoise.init(config=config, init_connections=False, _enable_global_fallback=True)
    try:
        executor = LeanMigrations(get_connection("default"), apps)
        await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))  # noqa: SLF001
        wanted = [MigrationTarget("models", last)] if last else None
        missing = [step.migration for step in await executor.plan(wanted)]
        for atomic, group in groupby(missing, key=lambda migration: migration.atomic):
            await _apply(apps, names := [migration.name for migration in group], atomic=atomic)
            applied += names
    finally:
        await Tortoise.close_connections()
    return applied


async def _apply(apps: dict[str, Any], names: list[str], *, atomic: bool) -> None:
    """An upgrade is whole or absent: what can be undone is one transaction, with the record
    of it. (Tortoise commits each migration and records it afterwards: killed in between, the
    next start would create the tables again.)"""
    last = [MigrationTarget("models", names[-1])]
    if not atomic:
        await LeanMigrations(get_connection("default"), apps).migrate(last)
        return
    await _look_at_no_references(get_connection("default"))
    async with in_transaction("default") as client:
        try:
            await LeanMigrations(client, apps).migrate(last)
            await _check_references(client)
        except (OperationalError, IntegrityError) as refused:
            if _is_about_the_schema(refused):
                raise MigrationFailed(_FAILED.format(names[0], names[-1], refused)) from refused
            raise


async def _look_at_no_references(client: BaseDBAsyncClient) -> None:
    """On SQLite a table is changed in most ways only by making it anew, and one that others refer
    to only so. Nothing happens inside a transaction, and the connection ends with the upgrade."""
    if client.capabilities.dialect == "sqlite":
        await client.execute_query("PRAGMA foreign_keys = OFF")


async def _check_references(client: BaseDBAsyncClient) -> None:
    """All of them, before the commit."""
    if client.capabilities.dialect != "sqlite":
        return
    _, broken = await client.execute_query("PRAGMA foreign_key_check")
    if broken:
        tables = sorted({str(row["table"]) for row in broken})
        raise IntegrityError(f"rows of {', '.join(tables)} refer to rows that are gone")


def _is_about_the_schema(refused: BaseException) -> bool:
    """Not about a full disk, a lock, a lost connection or a server that stops."""
    cause = refused.args[0] if refused.args else None
    state = str(getattr(cause, "sqlstate", None) or "")
    passing = state.startswith(("08", "53", "55", "57", "58"))
    return not passing and getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) in {
        sqlite3.SQLITE_ERROR,
        *_SQLITE_CONSTRAINTS,
    }


@asynccontextmanager
async def _alone(config: dict[str, Any]) -> AsyncIterator[None]:
    target = config["connections"]["default"]
    if target["engine"] == POSTGRES_ENGINE:
        async with _advisory_lock(target["credentials"]):
            yield
    else:
        async with _file_lock(Path(target["credentials"]["file_path"])):
            yield


@asynccontextmanager
async def _advisory_lock(credentials: dict[str, Any]) -> AsyncIterator[None]:
    import asyncpg  # noqa: PLC0415  see backend/platform/away.py

    names = ("user", "password", "host", "port", "database")
    holder = await asyncpg.connect(**{name: credentials[name] for name in names})
    try:
        await holder.execute("SELECT pg_advisory_lock($1)", ADVISORY_LOCK)
        yield
    finally:
        await holder.close()


@asynccontextmanager
async def _file_lock(database: Path) -> AsyncIterator[None]:
    private_folder(database.parent)
    with database.with_name(database.name + ".migrate-lock").open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        yield
