"""karman partners: accounts' own systems: connect, try, watch, steer."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from backend.connections.look import Look
    from backend.platform.context import Context
    from models.connection import Connection

_REFUSED = {
    "connection_not_found": "the account has no connection with this key; karman partners list",
    "key_invalid": "a key has small letters, digits and hyphens, 64 at most",
    "key_taken": "the account has a connection of another vendor with this key",
    "too_many_connections": "an account has {most} connections at most",
    "program_not_found": "no program has this key",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "partners", "connect accounts' own systems, try them, watch them", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("vendors", help="whose systems can be connected, and what each wants")
    new = actions.add_parser("connect", help="connect a system, or change how it is reached")
    _named(new)
    new.add_argument("vendor", metavar="VENDOR", help="as vendors shows it")
    new.add_argument("--settings", type=Path, metavar="FILE", help="a JSON object")
    secrets = "a JSON object; - reads it from the input; left out, the secrets stay"
    new.add_argument("--secrets", metavar="FILE|-", help=secrets)
    checked = actions.add_parser("check", help="try the connection of a program for real")
    checked.add_argument("program", metavar="PROGRAM", help="the program's key")
    listed = actions.add_parser("list", help="connections, who waits, since when they fail")
    listed.add_argument("account", nargs="?", metavar="ACCOUNT", help="the account's key")
    for name, explained in _STEERED.items():
        _named(actions.add_parser(name, help=explained))


_STEERED = {
    "pause": "tell them nothing until it is resumed",
    "resume": "go on; what has waited goes at once",
    "retry": "tell again whom they refused for good",
}


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("account", metavar="ACCOUNT", help="the account's key")
    parser.add_argument("key", metavar="KEY", help="of the connection")


def run(arguments: argparse.Namespace) -> int:
    if arguments.action == "vendors":
        return vendors()
    actions = {
        "connect": connect_one, "check": check, "list": listed,
        "pause": steer_one, "resume": steer_one, "retry": retry_all,
    }  # fmt: skip
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


def vendors() -> int:
    """Asks no database."""
    from backend.partners.vendors import FOLDERS, vendor

    for name in sorted(FOLDERS):
        print(name)
        kind = vendor(name)
        for part, model in (("settings", kind.settings), ("secrets", kind.secrets)):
            for field, told in model.model_fields.items():
                spelled = told.alias or field
                print(f"    {part}.{spelled} ({_wanted(told)}): {told.description or ''}")
    return 0


def _wanted(told: "FieldInfo") -> str:
    """ "needed", or what holds where it is left out, as it is written in a file."""
    if told.is_required():
        return "needed"
    from pydantic_core import to_jsonable_python

    default = to_jsonable_python(told.get_default(call_default_factory=True, validated_data={}))
    return json.dumps(default, ensure_ascii=False)


async def connect_one(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.access.whose import account_called
    from backend.cli.explain import CannotRun
    from backend.connections.connect import ConnectionOrder, ConnectionUnfit, connect

    account = await account_called(arguments.account)
    if account is None:
        raise CannotRun(f"no account has the key {arguments.account}")
    settings = _json(arguments.settings.read_text("utf-8")) if arguments.settings else {}
    secrets = _secrets(arguments.secrets)
    order = ConnectionOrder(account.id, arguments.key, arguments.vendor, settings, secrets)
    try:
        made = await connect(ctx, order)
    except ConnectionUnfit as unfit:
        raise CannotRun("\n".join(f"{m.where}: {m.what}" for m in unfit.mistakes)) from None
    print(f"{made.key} leads to {made.vendor}, {made.status.value}")


def _secrets(source: str | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return _json(sys.stdin.read() if source == "-" else Path(source).read_text("utf-8"))


def _json(text: str) -> dict[str, Any]:
    from backend.cli.explain import CannotRun

    try:
        read = json.loads(text)
    except ValueError:
        # Not the text itself: it may be a secret.
        raise CannotRun("expected a JSON object") from None
    if not isinstance(read, dict):
        raise CannotRun("expected a JSON object")
    return read


async def check(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cli.explain import CannotRun
    from backend.connections.steer import connection_behind
    from catalog.tenant import Scope

    connection = await connection_behind(await Scope.of_operator(), arguments.program)
    if connection is None:
        raise CannotRun(f"{arguments.program} has no connection: numbers and points are ours")
    await tried(ctx, connection)


async def tried(ctx: "Context", connection: "Connection") -> None:
    """Ends with 1 when something is wrong."""
    from backend.cli.explain import CannotRun
    from backend.connections.try_connection import try_connection

    wrong = 0
    async for finding in try_connection(ctx, connection):
        wrong += not finding.good
        who = f" (mends it: {finding.who})" if finding.who and not finding.good else ""
        print(f"{'ok  ' if finding.good else 'WRONG'} {finding.what}{who}")
    if wrong:
        raise CannotRun(f"{wrong} of these must be mended")


async def listed(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.access.whose import account_called
    from backend.cli.explain import CannotRun
    from backend.connections.look import looked_at
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    if arguments.account:
        account = await account_called(arguments.account)
        if account is None:
            raise CannotRun(f"no account has the key {arguments.account}")
        scope = Scope.of([account.id])
    for look in await looked_at(scope):
        print(told(look))


def told(look: "Look") -> str:
    """ "lestate  crm  mindbox  active  12 wait, 0 given up, 1 card asked for"."""
    one = look.connection
    how = f"{one.account.key}  {one.key}  {one.vendor}  {one.status.value}"
    counts = f"{look.waiting} wait, {look.failed} given up, {look.requests} cards asked for"
    since = f"  fails since {one.failing_since:%Y-%m-%d %H:%M}" if one.failing_since else ""
    why = f"  {one.reason}" if one.reason else ""
    return f"{how}  {counts}{since}{why}"


async def steer_one(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.connections.steer import steer
    from catalog.tenant import Scope
    from models.connection import ConnectionStatus

    to = {"pause": ConnectionStatus.PAUSED, "resume": ConnectionStatus.ACTIVE}[arguments.action]
    scope = await Scope.of_operator()
    row = await steer(ctx, scope, arguments.account, arguments.key, to)
    print(f"{row.key} is {row.status.value}")


async def retry_all(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.connections.steer import retry
    from catalog.tenant import Scope

    number = await retry(ctx, await Scope.of_operator(), arguments.account, arguments.key)
    print(f"people who are told again: {number}")
