"""karman hooks: addresses by which accounts' own systems call."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from models.connection import Connection


_REFUSED = {"connection_not_found": "no connection of this account has the key"}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "hooks", "addresses by which accounts' own systems call", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, explained in (
        ("open", "print the address of a connection, once; a former one ends"),
        ("close", "end the address of a connection"),
        ("check", "try the connection of a system that gives no numbers for real"),
    ):
        action = actions.add_parser(name, help=explained)
        action.add_argument("account", metavar="ACCOUNT", help="the account's key")
        action.add_argument("connection", metavar="CONNECTION", help="the connection's key")


def run(arguments: argparse.Namespace) -> int:
    does = {"open": open_one, "close": close_one, "check": check_one}
    return run_async(run_action(does[arguments.action], arguments, _REFUSED))


async def open_one(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cli.explain import CannotRun
    from backend.hooks.open_hook import CallsNobody, open_hook
    from backend.platform.settings import load_settings

    connection = await _connection(arguments)
    try:
        path = await open_hook(ctx, connection)
    except CallsNobody:
        raise CannotRun(f"{connection.vendor} calls nobody: it has no address") from None
    print(load_settings().base_url.rstrip("/") + path)


async def close_one(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.hooks.open_hook import close_hook

    closed = await close_hook(ctx, await _connection(arguments))
    print("the address is no more" if closed else "there was none")


async def check_one(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cli.verbs.partners.partners import tried

    await tried(ctx, await _connection(arguments))


async def _connection(arguments: argparse.Namespace) -> "Connection":
    from backend.connections.steer import connection_named
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    return await connection_named(scope, arguments.account, arguments.connection)
