"""karman outbox: what failed after the card was made, and trying it again."""

import argparse

from backend.cli.verb import Verbs, run_async, verb


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "outbox", "list failed reactions and retry them", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="what waits and what failed, newest first")
    retry = actions.add_parser("retry", help="try failed ones again: all, or those given")
    retry.add_argument("ids", type=int, nargs="*", metavar="ID")


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "list":
        return run_async(list_outbox())
    return run_async(retry(arguments.ids or None))


async def list_outbox() -> None:
    from backend.cli.opened import opened, start
    from backend.outbox.backlog import counts, failures

    async with opened(start()):
        now = await counts()
        failed = await failures()
    print(f"{now['new']} new, {now['waiting']} waiting, {now['failed']} failed")
    for row in failed:
        print(
            f"{row['id']:>8}  {row['kind']} → {row['reaction']}"
            f"  {row['attempts']} attempts  {row['error']}"
        )


async def retry(ids: list[int] | None) -> None:
    from backend.cli.opened import opened, start
    from backend.outbox import backlog

    async with opened(start()) as ctx:
        print(f"{await backlog.retry(ctx.clock(), ids)} will be tried again")
