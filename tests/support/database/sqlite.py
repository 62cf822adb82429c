"""A migrated SQLite file, made once per run and copied for every test."""

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from backend.platform.migrate import migrate
from tests.support.machine import servers


def create_database(path: Path, *, migrated: bool) -> str:
    """The URL of a new database at `path`; without `migrated` the file is not there yet."""
    if migrated:
        shutil.copyfile(servers.once("sqlite-template", _make_template), path)
    return url_of(path)


def url_of(path: Path) -> str:
    """Databases are made by the hundred, and nothing in them outlasts a power cut."""
    return f"sqlite://{path}?synchronous=OFF"


def path_of(url: str) -> Path:
    return Path(url.partition("?")[0].removeprefix("sqlite://"))


def _make_template(home: Path) -> str:
    path = home / "karman.db"
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrate(url_of(path))).result()
    return str(path)
