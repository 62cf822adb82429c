"""karman backup: a whole, checked copy of the SQLite file while the product runs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, verb

if TYPE_CHECKING:
    from backend.platform.settings import Settings

_POSTGRES = (
    "the database is PostgreSQL, which has its own tools: pg_dump --format=custom"
    " --file=karman.dump \"$KARMAN_DATABASE_URL\", or copy continuously: see 'Back up' in"
    " docs/operators.md. After a restore: karman restored"
)


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "backup", "copy the SQLite file while everything runs, and check it", run)
    parser.add_argument(
        "target", type=Path, metavar="FILE", help="a new file, or a folder for karman-TIME.db"
    )


def run(arguments: argparse.Namespace) -> int:
    from backend.cli.opened import start

    return backup(start(), arguments.target)


def backup(settings: "Settings", target: Path) -> int:
    from backend.cli.explain import CannotRun
    from backend.platform.clock import utc_now
    from backend.platform.database import SQLITE_ENGINE, tortoise_config
    from backend.platform.secrets.key_file import FILE_NAME
    from backend.platform.sqlite_copy import CopyRefused, copy_database

    connection = tortoise_config(settings.database)["connections"]["default"]
    if connection["engine"] != SQLITE_ENGINE:
        raise CannotRun(_POSTGRES)
    now = utc_now()
    if target.is_dir():
        target = target / f"karman-{now:%Y%m%d-%H%M%S}.db"
    try:
        copy_database(Path(connection["credentials"]["file_path"]), target, now)
    except CopyRefused as wrong:
        raise CannotRun(str(wrong)) from None
    print(f"{target}: {target.stat().st_size} bytes, checked")
    if not settings.master_key.get_secret_value():
        key = (settings.data_dir / FILE_NAME).absolute()
        print(f"The master key is not in it: keep a copy of {key} apart from the backups.")
    return 0
