"""karman templates: what accounts say again and again, and how it will be read."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.brands.templates.look import Look
    from backend.platform.context import Context
    from catalog.tenant import Scope
    from models.account import Account

_REFUSED = {
    "account_not_found": "no account has this key",
    "template_not_found": "the account has no such template; karman templates list shows them",
    "reader_not_found": "they have not said that they want tests: karman templates invite ACCOUNT",
    "invalid_answer": "--phone: expected a phone such as +79161234567",
    "too_many_tries": "they have had enough tests for today",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "templates", "look at what accounts say, and how it will be read", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="the templates of an account")
    listed.add_argument("--archived", action="store_true", help="those that were put away")
    shown = actions.add_parser("show", help="a template as it was entered, as JSON")
    preview = actions.add_parser("preview", help="by language and channel, with the parts of SMS")
    preview.add_argument(
        "--value", action="append", default=[], metavar="NAME=TEXT", help="what somebody has"
    )
    preview.add_argument("--nothing", action="store_true", help="of whom nothing is known")
    invited = actions.add_parser("invite", help="a link; whoever opens it may say yes to tests")
    tried = actions.add_parser("test", help="send it to somebody who has said yes to tests")
    whom = tried.add_mutually_exclusive_group(required=True)
    whom.add_argument("--customer", type=int, metavar="ID", help="their id")
    whom.add_argument("--phone", metavar="PHONE", help="the phone that they have confirmed")
    tried.add_argument("--channel", choices=("telegram", "email", "sms"), default="telegram")
    for named in (listed, shown, preview, invited, tried):
        named.add_argument("account", metavar="ACCOUNT", help="the account's key")
    for named in (shown, preview, tried):
        named.add_argument("template", metavar="TEMPLATE", help="the template's key")


def run(arguments: argparse.Namespace) -> int:
    actions = {"list": list_all, "show": show, "preview": preview, "invite": invite, "test": test}
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def _account(key: str) -> "tuple[Scope, Account]":
    from backend.brands.keys import account_of
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    return scope, await account_of(scope, key)


async def list_all(arguments: argparse.Namespace, _ctx: "Context") -> None:
    scope, account = await _account(arguments.account)
    found = scope.templates().filter(
        account_id=account.id, archived_at__isnull=not arguments.archived
    )
    for each in await found.order_by("key"):
        print(f"{each.key:24} {each.purpose.value:12} v{each.version:<4} {each.name}")


async def show(arguments: argparse.Namespace, _ctx: "Context") -> None:
    import json

    from backend.brands.templates.freeze import entered
    from backend.brands.templates.save_template import template_named

    scope, account = await _account(arguments.account)
    row = await template_named(scope, account.id, arguments.template)
    told = {name: getattr(row, name) for name in ("name", "advertiser", "inn", "erid")}
    whole = {**told, "purpose": row.purpose.value, "content": entered(row.content)}
    print(json.dumps({name: v for name, v in whole.items() if v}, ensure_ascii=False, indent=2))


async def preview(arguments: argparse.Namespace, _ctx: "Context") -> None:
    """Raises CannotRun."""
    from backend.brands.templates.around import around_words
    from backend.brands.templates.look import law_of, looks, prices, samples
    from backend.brands.templates.save_template import template_named
    from backend.platform.settings import load_settings
    from backend.templates.content import Content

    given = values(arguments.value)
    scope, account = await _account(arguments.account)
    row = await template_named(scope, account.id, arguments.template)
    known = (await around_words(scope, account)).variables
    made_up = {} if arguments.nothing else samples(Content.read(row.content), known)
    price = await prices(scope, account.id)
    said = {**made_up, **given}
    for look in looks(row, law_of(row, account), said, price, load_settings().base_url):
        print("\n".join(lines_of(look)), end="\n\n")


async def invite(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.customers.choices.samples import PATH, invitation
    from backend.platform.settings import load_settings

    _, account = await _account(arguments.account)
    made = invitation(ctx, account.id)
    print(f"{load_settings().base_url}{PATH}{made.token}")
    print(f"until {made.expires_at:%Y-%m-%d %H:%M} UTC")


async def test(arguments: argparse.Namespace, ctx: "Context") -> None:
    """The worker sends it."""
    from backend.brands.templates.try_template import Trial, try_template
    from backend.platform.settings import load_settings
    from catalog.questions.phone import typed_phone

    scope, account = await _account(arguments.account)
    phone = typed_phone(arguments.phone) if arguments.phone else None
    base = load_settings().base_url
    trial = Trial(arguments.channel, arguments.customer, phone, base)
    made = await try_template(ctx, scope, account.id, arguments.template, trial)
    ctx.wake.set()
    print(f"message {made.message_id} waits to be sent by {made.channel}")


def values(given: list[str]) -> dict[str, str]:
    """Raises CannotRun for what is no NAME=TEXT."""
    from backend.cli.explain import CannotRun

    found = {}
    for each in given:
        name, equals, text = each.partition("=")
        if not name or not equals:
            raise CannotRun(f"--value {each}: expected NAME=TEXT such as name=Anna")
        found[name] = text
    return found


def lines_of(look: "Look") -> list[str]:
    price = "" if look.kopecks is None else f", {look.kopecks // 100}.{look.kopecks % 100:02d} RUB"
    sms = look.sms
    parts = "part" if sms and sms.parts == 1 else "parts"
    length = f": {sms.parts} {parts} of {sms.alphabet}, {sms.left} left" if sms else ""
    subject = [f"  {look.said.subject()}"] if look.channel == "email" else []
    told = [f"    {line}" for line in look.told.splitlines()]
    return [
        f"{look.language} {look.channel}{length}{price}",
        *subject,
        *told,
        *(f"    [{label}]" for label in look.buttons),
    ]
