"""karman messaging: the rules by which an account's brands send messages."""

import argparse
from typing import TYPE_CHECKING, Any

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from models.account import Account

_REFUSED = {"account_not_found": "no account has this key"}
_FLAGS = {"yes": True, "no": False}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "messaging", "quiet hours, caps and prices of an account's messages", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    shown = actions.add_parser("show", help="the rules that hold")
    changed = actions.add_parser("change", help="change some of them, from now on")
    for named in (shown, changed):
        named.add_argument("account", metavar="ACCOUNT", help="the account's key")
    changed.add_argument(
        "rules", nargs="+", metavar="NAME=VALUE",
        help="as show names them: per_day=2, quiet_from=22:00, four_eyes=yes; quiet_from= ends it",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    actions = {"show": show, "change": change}
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def show(arguments: argparse.Namespace, _ctx: "Context") -> None:
    for name, value in (await _rules(await _account(arguments.account))).items():
        print(f"{name:<14} {value if value != '' else '-'}")


async def change(arguments: argparse.Namespace, ctx: "Context") -> None:
    from pydantic import ValidationError

    from backend.campaigns.save_rules import save_rules
    from catalog.entries.messages.messaging import MessagingEntry
    from catalog.entries.mistakes import mistakes_of

    account = await _account(arguments.account)
    wanted = await _rules(account)
    for given in arguments.rules:
        name, _, value = given.partition("=")
        wanted[name] = _read(value)
    try:
        named = {name: value for name, value in wanted.items() if value != ""}
        entry = MessagingEntry.model_validate(named)
    except ValidationError as wrong:
        found = mistakes_of(MessagingEntry, wrong, "the rules")
        told = "; ".join(f"{each.what}, expected {each.expected}" for each in found)
        raise SystemExit(f"karman: {told}") from None
    await save_rules(ctx, account.id, entry)
    await show(arguments, ctx)


def _read(value: str) -> Any:
    if value in _FLAGS:
        return _FLAGS[value]
    return int(value) if value.isdecimal() else value


async def _account(key: str) -> "Account":
    from backend.brands.keys import account_of
    from catalog.tenant import Scope

    return await account_of(await Scope.of_operator(), key)


async def _rules(account: "Account") -> dict[str, Any]:
    from catalog.entries.messages.messaging import MessagingEntry
    from catalog.messaging_rules import messaging_rules

    rules = await messaging_rules(account.id)
    return {name: getattr(rules, name) for name in MessagingEntry.model_fields}
