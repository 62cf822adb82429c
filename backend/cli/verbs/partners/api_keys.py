"""karman api-keys: by which partners' programs ask over HTTP."""

import argparse
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from backend.cli.moment import moment
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.access.issue_key import Issued, KeyOrder
    from models.api_key import ApiKey

OVERLAP_HOURS = 24
MOST_HOURS = 24 * 90
LONGEST_NAME = 100
_REFUSED = {
    "api_key_not_found": "no key has the id {}; karman api-keys list shows them",
    "api_key_ended": "{} was revoked, rotated or has expired: issue another one",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "api-keys", "issue, list, rotate, revoke keys of the HTTP API", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    issue = actions.add_parser("issue", help="make a key and show it, once")
    whose = issue.add_mutually_exclusive_group(required=True)
    whose.add_argument("account", nargs="?", metavar="ACCOUNT", help="the account's key")
    whose.add_argument("--operator", action="store_true", help="sees every account and approves")
    issue.add_argument("--scopes", required=True, metavar="A,B", help="what it may do, or all")
    issue.add_argument("--expires", metavar="TIME", help="2027-11-27, or with T12:30; UTC")
    issue.add_argument("--name", default="", metavar="TEXT", help="who uses it")
    listed = actions.add_parser("list", help="keys without their secrets, the newest first")
    listed.add_argument("account", nargs="?", metavar="ACCOUNT", help="the account's key")
    rotate = actions.add_parser("rotate", help="a new key in place of one; both are good a while")
    rotate.add_argument("key", metavar="ID", help="as list shows it")
    hours = f"until the old one ends ({OVERLAP_HOURS})"
    rotate.add_argument("--overlap", type=int, default=OVERLAP_HOURS, metavar="HOURS", help=hours)
    revoke = actions.add_parser("revoke", help="take a key away at once")
    revoke.add_argument("key", metavar="ID", help="as list shows it")


def run(arguments: argparse.Namespace) -> int:
    actions = {"issue": issue, "list": list_keys, "rotate": rotate, "revoke": revoke}
    return run_async(actions[arguments.action](arguments))


async def issue(arguments: argparse.Namespace) -> None:
    from backend.access.issue_key import issue_key
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        show(await issue_key(ctx, await _order(arguments, ctx.clock())))


async def _order(arguments: argparse.Namespace, now: datetime) -> "KeyOrder":
    """Raises CannotRun."""
    from backend.access.issue_key import KeyOrder
    from backend.access.rights import Right, UnknownRight, rights_named
    from backend.cli.explain import CannotRun

    everything = frozenset(Right) - {Right.OPERATOR}
    named = [each.strip() for each in arguments.scopes.split(",") if each.strip()]
    try:
        rights = everything if named == ["all"] else rights_named(named)
    except UnknownRight as wrong:
        raise CannotRun(f"--scopes: {wrong}") from None
    account = await _account_id(arguments.account)
    if Right.OPERATOR in rights and account is not None:
        raise CannotRun("--scopes operator: expected --operator instead of an account")
    ends = moment("--expires", arguments.expires)
    if ends is not None and ends <= now:
        raise CannotRun(f"--expires {arguments.expires}: expected a time to come")
    name = arguments.name.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise CannotRun(f"--name: expected at most {LONGEST_NAME} printable characters")
    return KeyOrder(account, name, rights, ends)


async def _account_id(key: str | None) -> int | None:
    from backend.access.whose import account_called
    from backend.cli.explain import CannotRun

    if key is None:
        return None
    account = await account_called(key)
    if account is None:
        raise CannotRun(f"no account has the key {key}")
    return int(account.id)


async def list_keys(arguments: argparse.Namespace) -> None:
    from backend.access.find_keys import list_keys
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        for key in await list_keys(await _account_id(arguments.account)):
            print(told(key, ctx.clock()))


async def rotate(arguments: argparse.Namespace) -> None:
    from backend.access.rotate_key import rotate_key
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from models.refusal import Refusal

    if not 0 <= arguments.overlap <= MOST_HOURS:
        raise CannotRun(f"--overlap {arguments.overlap}: expected 0 to {MOST_HOURS} hours")
    async with opened(start()) as ctx:
        overlap = timedelta(hours=arguments.overlap)
        try:
            show(await rotate_key(ctx, None, arguments.key, overlap))
        except Refusal as refusal:
            raise CannotRun(_REFUSED[refusal.code.value].format(arguments.key)) from refusal


async def revoke(arguments: argparse.Namespace) -> None:
    from backend.access.revoke_key import revoke_key
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from models.refusal import Refusal

    async with opened(start()) as ctx:
        try:
            key = await revoke_key(ctx, None, arguments.key)
        except Refusal as refusal:
            raise CannotRun(_REFUSED[refusal.code.value].format(arguments.key)) from refusal
    print(f"{key.public_id} is revoked since {key.revoked_at:%Y-%m-%d %H:%M} UTC")


def show(issued: "Issued") -> None:
    """The key alone on the first line, so that a script can take it."""
    print(issued.text)
    print(f"Keep it: it is shown this once. Its id is {issued.key.public_id}.")


def told(key: "ApiKey", now: datetime) -> str:
    """ "8fJ2kQ0aZx  good     romashka: CRM  brands:read,keys  …"."""
    from backend.access.find_keys import is_good

    state = "revoked" if key.revoked_at else "good" if is_good(key, now) else "expired"
    state = "rotated" if state == "good" and key.replaced_by else state
    whose = key.account.key if key.account else "operator"
    ends = f"  until {key.expires_at:%Y-%m-%d %H:%M}" if key.expires_at else ""
    used = f"  used {key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "  never used"
    named = f"  {key.name}" if key.name else ""
    return f"{key.public_id}  {state:7}  {whose}  {','.join(key.scopes)}{ends}{used}{named}"
