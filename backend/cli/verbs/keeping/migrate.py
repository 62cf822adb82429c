"""karman migrate: bring the database up to date."""

import argparse

from backend.cli.verb import Verbs, run_async, verb


def add(verbs: Verbs) -> None:
    verb(verbs, "migrate", "bring the database up to the newest schema", run)


def run(_arguments: argparse.Namespace) -> int:
    return run_async(migrate())


async def migrate() -> None:
    from backend.cli.opened import start
    from backend.platform import migrate as migrations

    applied = await migrations.migrate(start().direct_database)
    for name in applied:
        print(f"applied {name}")
    if not applied:
        print("the database is up to date")
