"""karman restored: after a restore, set aside what may have been handed out since the backup."""

import argparse
from pathlib import Path

from backend.cli.verb import Verbs, run_async, verb


def add(verbs: Verbs) -> None:
    parser = verb(
        verbs, "restored", "after a restore: set numbers aside, then issue cards again", run
    )
    parser.add_argument(
        "--skip",
        type=int,
        metavar="N",
        help="how many numbers of each program may have been given since the backup; without it"
        " as many as were noticed to be lost; 0: none",
    )
    parser.add_argument(
        "--issued",
        action="append",
        default=[],
        metavar="PROGRAM=FILE.csv",
        help="of this program set aside exactly the numbers of this list (column card_number)",
    )


def run(arguments: argparse.Namespace) -> int:
    return run_async(restored(arguments.skip, arguments.issued))


async def restored(skip: int | None, lists: list[str]) -> None:
    from backend.brands.load_issued import listed_numbers
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.restored.settle import SkipUnknown, settle_restored

    if skip is not None and skip < 0:
        raise CannotRun(f"--skip {skip}: expected 0 or more")
    async with opened(start()) as ctx:
        files = dict(_list(text) for text in lists)
        issued = {key: await listed_numbers(key, path) for key, path in files.items()}
        try:
            done = await settle_restored(ctx, skip, issued)
        except SkipUnknown as program:
            raise CannotRun(_SAY_HOW_MANY.format(program)) from None
    if done.again:
        print("this had been settled before, and no card was made since")
    for key, count in done.set_aside.items():
        print(f"{key:32} {count:>9} numbers set aside")
    print("Cards are issued again. Next: docs/operators.md, 'Restore'.")


_SAY_HOW_MANY = (
    "nothing tells how many numbers were given since the backup: say it with --skip N (more is"
    " safe, 0 when nothing was), or name the brand's own list with --issued {}=FILE.csv;"
    " until then no card is issued"
)


def _list(text: str) -> tuple[str, Path]:
    from backend.cli.explain import CannotRun

    key, _, name = text.partition("=")
    if not key or not Path(name).is_file():
        raise CannotRun(f"--issued {text}: expected PROGRAM=FILE.csv, a file that is there")
    return key, Path(name)
