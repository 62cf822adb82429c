"""karman facades: logins of partners' programs that were written for another wallet."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.access.facade_settings import FacadeSettings
    from backend.access.issue_facade import Callback, FacadeIssued
    from models.account import Account
    from models.facade import FacadeLogin

KINDS = ("koshelek", "osmi", "osmi-token")
LONGEST_NAME = 100
LARGEST_SETTINGS = 256 * 1024


def add(verbs: Verbs) -> None:
    explained = "logins for programs written for «Кошелёк» or OSMI: issue, list, revoke"
    parser = verb(verbs, "facades", explained, run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    issue = actions.add_parser("issue", help="make a login and show its secret, once")
    issue.add_argument("account", metavar="ACCOUNT", help="the account's key")
    issue.add_argument("--kind", required=True, choices=KINDS, help="whose interface it speaks")
    issue.add_argument("--name", default="", metavar="TEXT", help="who uses it")
    issue.add_argument("--brand", default="", metavar="KEY", help="in whose name messages go")
    hours = "when no advertising comes, where the person is (21:00-09:00), or off"
    issue.add_argument("--quiet", default="", metavar="SPAN", help=hours)
    issue.add_argument("--settings", metavar="FILE", help="JSON: what the other's names mean here")
    issue.add_argument("--callback", default="", metavar="URL", help="where states are told")
    basic = "what that address asks for: a file with LOGIN:PASSWORD in its first line"
    issue.add_argument("--callback-login", metavar="FILE", help=basic)
    listed = actions.add_parser("list", help="logins without their secrets, the newest first")
    listed.add_argument("account", nargs="?", metavar="ACCOUNT", help="the account's key")
    revoke = actions.add_parser("revoke", help="take a login away at once")
    revoke.add_argument("login", metavar="LOGIN", help="as list shows it")


def run(arguments: argparse.Namespace) -> int:
    actions = {"issue": issue, "list": list_logins, "revoke": revoke}
    return run_async(actions[arguments.action](arguments))


async def issue(arguments: argparse.Namespace) -> None:
    from backend.access.facade_settings import SettingsWrong
    from backend.access.issue_facade import FacadeOrder, issue_facade
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from models.facade import FacadeKind
    from models.refusal import Refusal

    settings = start()
    async with opened(settings) as ctx:
        try:
            order = FacadeOrder(
                account=await _account(arguments.account),
                kind=FacadeKind(arguments.kind),
                name=_name(arguments.name),
                settings=_settings(arguments),
                callback=_callback(arguments),
                http_hosts=settings.http_hosts,
            )
            show(await issue_facade(ctx, order))
        except SettingsWrong as wrong:
            raise CannotRun(str(wrong)) from None
        except Refusal as refusal:
            told = f"{refusal.code.value} {dict(refusal.details)}"
            raise CannotRun(f"--callback {arguments.callback}: {told}") from refusal


async def _account(key: str) -> "Account":
    from backend.access.whose import account_called
    from backend.cli.explain import CannotRun

    account = await account_called(key)
    if account is None:
        raise CannotRun(f"no account has the key {key}")
    return account


def _name(text: str) -> str:
    from backend.cli.explain import CannotRun

    name = text.strip()
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise CannotRun(f"--name: expected at most {LONGEST_NAME} printable characters")
    return name


def _settings(arguments: argparse.Namespace) -> "FacadeSettings":
    from backend.access.facade_settings import read_settings

    given: dict[str, Any] = {}
    if arguments.settings:
        given = _object(_text(arguments.settings, "--settings"))
    told = {"brand": arguments.brand, "quiet": arguments.quiet}
    return read_settings(given | {name: value for name, value in told.items() if value})


def _object(text: str) -> dict[str, Any]:
    import orjson

    from backend.cli.explain import CannotRun

    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as wrong:
        raise CannotRun(f"--settings: no JSON (line {wrong.lineno}, {wrong.colno})") from None
    if not isinstance(found, dict):
        raise CannotRun("--settings: expected a JSON object")
    return found


def _text(path: str, option: str) -> str:
    from backend.cli.explain import CannotRun

    try:
        data = Path(path).read_bytes()
        if len(data) > LARGEST_SETTINGS:
            raise CannotRun(f"{option} {path}: expected at most {LARGEST_SETTINGS} bytes")
        return data.decode()
    except (OSError, UnicodeDecodeError) as wrong:
        raise CannotRun(f"{option} {path}: {wrong}") from None


def _callback(arguments: argparse.Namespace) -> "Callback | None":
    from backend.access.issue_facade import Callback
    from backend.cli.explain import CannotRun

    login, password = "", ""
    if arguments.callback_login:
        # Not on the command line, which everybody on the machine can read.
        first = _text(arguments.callback_login, "--callback-login").split("\n", maxsplit=1)[0]
        login, colon, password = first.strip().partition(":")
        if not colon or not login:
            raise CannotRun("--callback-login: expected LOGIN:PASSWORD in the first line")
        if not arguments.callback:
            raise CannotRun("--callback-login: expected --callback, too")
    return Callback(arguments.callback, login, password) if arguments.callback else None


async def list_logins(arguments: argparse.Namespace) -> None:
    from backend.access.find_facades import list_facades
    from backend.cli.opened import opened, start

    async with opened(start()):
        account = None
        if arguments.account is not None:
            account = (await _account(arguments.account)).id
        for login in await list_facades(account):
            print(told(login))


async def revoke(arguments: argparse.Namespace) -> None:
    from backend.access.revoke_facade import revoke_facade
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from models.refusal import Refusal

    async with opened(start()) as ctx:
        try:
            login = await revoke_facade(ctx, arguments.login)
        except Refusal:
            said = f"no login is called {arguments.login}; karman facades list shows them"
            raise CannotRun(said) from None
    print(f"{login.login} is revoked since {login.revoked_at:%Y-%m-%d %H:%M} UTC")


def show(issued: "FacadeIssued") -> None:
    """Login and secret on the first two lines, so that a script can take them."""
    from models.facade import FacadeKind

    print(issued.login.login)
    print(issued.secret)
    print("Keep them: the secret is shown this once.")
    if issued.login.kind is FacadeKind.KOSHELEK:
        print("It is good for PUT /compat/koshelek/public/user/reset-password alone.")


def told(login: "FacadeLogin") -> str:
    """ "lavka-3fJ2kQ  good     koshelek    lavka: CRM  used …"."""
    state = "revoked" if login.revoked_at else "initial" if login.initial else "good"
    used = f"  used {login.last_used_at:%Y-%m-%d %H:%M}" if login.last_used_at else "  never used"
    where = f"  → {login.webhook.url}" if login.webhook else ""
    named = f"  {login.name}" if login.name else ""
    return (
        f"{login.login}  {state:7}  {login.kind.value:10}  {login.account.key}{used}{named}{where}"
    )
