"""Bring the database up to the newest schema; safe when several processes start at once."""

import asyncio
import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import asyncpg
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.transactions import in_transaction

from backend.platform.database import POSTGRES_ENGINE, tortoise_config

# Any 64-bit number will do, as long as nothing else of ours locks by it.
ADVISORY_LOCK = 0x6B61726D616E0001


async def migrate(url: str) -> list[str]:
    """Apply what is missing and return the names of the applied migrations.

    Tortoise takes no lock: of three processes that migrate an empty PostgreSQL at once, one
    fails. Here the others wait, then find nothing to do.
    """
    config = tortoise_config(url)
    async with _alone(config):
        return await _migrate(config)


async def _migrate(config: dict[str, Any]) -> list[str]:
    apps = {"models": config["apps"]["models"]}
    applied: list[str] = []
    await Tortoise.init(config=config, init_connections=False, _enable_global_fallback=True)
    try:
        executor = MigrationExecutor(get_connection("default"), apps)
        await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))  # noqa: SLF001
        missing = [step.migration for step in await executor.plan()]
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
        await MigrationExecutor(get_connection("default"), apps).migrate(last)
        return
    async with in_transaction("default") as client:
        await MigrationExecutor(client, apps).migrate(last)


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
    names = ("user", "password", "host", "port", "database")
    holder = await asyncpg.connect(**{name: credentials[name] for name in names})
    try:
        await holder.execute("SELECT pg_advisory_lock($1)", ADVISORY_LOCK)
        yield
    finally:
        await holder.close()


@asynccontextmanager
async def _file_lock(database: Path) -> AsyncIterator[None]:
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(database.name + ".migrate-lock").open("w") as lock:
        await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
        yield
