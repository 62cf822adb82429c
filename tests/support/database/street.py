"""A database with the demo brands loaded, made once per run and copied for every journey."""

import asyncio
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.database import postgres, sqlite
from tests.support.machine import servers

DEMO = Path(__file__).parents[3] / "demo"
TEMPLATE = "karman_demo_template"


async def create_street(engine: str, path: Path, name: str) -> str:
    """The URL of a new database; `path` is for SQLite, `name` for PostgreSQL."""
    if engine == "sqlite":
        shutil.copyfile(servers.once("sqlite-demo", _make_sqlite), path)
        return sqlite.url_of(path)
    template = servers.once("postgres-demo", _make_postgres)
    await postgres.copy_database(name, template)
    return f"{postgres.server_url()}/{name}"


def _make_sqlite(home: Path) -> str:
    path = home / "karman.db"
    sqlite.create_database(path, migrated=True)
    _load_demo(sqlite.url_of(path), home)
    return str(path)


def _make_postgres(home: Path) -> str:
    # A loop of its own: the caller is a fixture, with a loop already running.
    with ThreadPoolExecutor(1) as thread:
        made = postgres.create_database(TEMPLATE, migrated=True)
        thread.submit(asyncio.run, made).result()
    _load_demo(f"{postgres.server_url()}/{TEMPLATE}", home)
    return TEMPLATE


def _load_demo(url: str, home: Path) -> None:
    """By the command that operators use."""
    environment = {**os.environ, "KARMAN_DATABASE_URL": url, "KARMAN_DATA_DIR": str(home)}
    subprocess.run(
        [sys.executable, "-m", "backend.cli.main", "brands", "load", str(DEMO)],
        check=True,
        env=environment,
        capture_output=True,
        cwd=DEMO.parent,
    )
