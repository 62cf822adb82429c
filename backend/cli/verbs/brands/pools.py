"""karman pools: how many free numbers there are, and more of them."""

import argparse
from pathlib import Path

from backend.cli.verb import Verbs, run_async, verb


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "pools", "list number pools, load numbers", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="numbers by program and status")
    load = actions.add_parser("load", help="add free numbers from a CSV, all or nothing")
    load.add_argument("program", metavar="PROGRAM", help="the program's key")
    load.add_argument("file", type=Path, metavar="FILE.csv")
    issued = actions.add_parser(
        "load-issued", help="tell whose plastic is whose: card_number;phone;email, all or nothing"
    )
    issued.add_argument("program", metavar="PROGRAM", help="the program's key")
    issued.add_argument("file", type=Path, metavar="FILE.csv")


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "list":
        return run_async(list_pools())
    from backend.cli.explain import CannotRun

    if not arguments.file.is_file():
        raise CannotRun(f"{arguments.file}: no such file")
    loading = load_issued if arguments.action == "load-issued" else load
    return run_async(loading(arguments.program, arguments.file))


_COLUMNS = ("free", "issued", "reserved", "quarantined", "refreshed")


async def list_pools() -> None:
    """Every program, with numbers or without; «refreshed» are plastic cards that brought the brand
    newer data, «waiting» people who asked to be told when there are numbers again."""
    from backend.cards.pool.pool_level import LOW
    from backend.cards.pool.pools_listed import pools_listed
    from backend.cli.opened import opened, start
    from models.program import FROM_POOL

    async with opened(start()):
        found = await pools_listed()
    columns = (*_COLUMNS, "waiting")
    print(f"{'program':24}" + "".join(f" {name:>11}" for name in columns))
    for row in found:
        note = "  EMPTY" if not row["free"] else "  low" if row["free"] < LOW else ""
        counts = "".join(f" {row[name]:>11}" for name in columns)
        print(f"{row['key']:24}{counts}{note if row['processor'] in FROM_POOL else ''}")
    if not found:
        print("no program is loaded: karman brands load DIR")


async def load(program: str, file: Path) -> None:
    from backend.brands.load_numbers import load_numbers
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        held, fresh = await load_numbers(ctx, program, file)
    print(f"{held} numbers read, {fresh} of them new")


async def load_issued(program: str, file: Path) -> None:
    from backend.brands.load_issued import load_issued
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        held, fresh = await load_issued(ctx, program, file)
    print(f"{held} issued cards read, {fresh} of them new")
