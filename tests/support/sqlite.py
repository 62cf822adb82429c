"""A migrated SQLite file, made once per run and copied for every test."""

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from backend.platform.migrate import migrate
from tests.support import servers


def create_database(path: Path, *, migrated: bool) -> str:
    """The URL of a new database at `path`; without `migrated` the file is not there yet."""
    if migrated:
        shutil.copyfile(servers.once("sqlite-template", _make_template), path)
    return f"sqlite://{path}"


def _make_template(home: Path) -> str:
    path = home / "karman.db"
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate(f"sqlite://{path}")).result()
    return str(path)
