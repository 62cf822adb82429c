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


async def list_pools() -> None:
    from backend.cli.opened import opened, start
    from backend.platform.database import rows

    async with opened(start()):
        found = await rows(
            "SELECT p.key, n.status, count(*) AS held FROM programs p"
            " JOIN pool_numbers n ON n.program_id = p.id"
            " GROUP BY p.key, n.status ORDER BY p.key, n.status"
        )
        refreshed = await rows(
            "SELECT p.key, sum(r.people) AS people FROM programs p"
            " JOIN profile_refreshes r ON r.program_id = p.id GROUP BY p.key ORDER BY p.key"
        )
    for row in found:
        print(f"{row['key']:32} {row['status']:12} {row['held']:>9}")
    for row in refreshed:
        print(f"{row['key']:32} {'profiles refreshed':18} {row['people']:>3}")
    if not found:
        print("no numbers are loaded")


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
