"""karman spending: what messages cost an account, and what they and its cards spared."""

import argparse
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from backend.spending.spending import Spending

USUAL_DAYS = 30


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "spending", "what messages cost an account, and what they spared", run)
    parser.add_argument("account", metavar="ACCOUNT", help="the account's key")
    parser.add_argument("--since", metavar="DAY", type=_day, help="2026-11-01; 30 days back")
    parser.add_argument("--until", metavar="DAY", type=_day, help="2026-11-30; today")
    parser.add_argument(
        "--service", metavar="ROUBLES", type=int, default=0, help="what the service itself cost"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("expected a day such as 2026-11-27") from None


def run(arguments: argparse.Namespace) -> int:
    return run_async(run_action(show, arguments, {}))


async def show(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.cli.explain import CannotRun
    from backend.spending.spending import spending
    from catalog.scope import controllers

    account = await controllers().filter(key=arguments.account).first()
    if account is None:
        raise CannotRun(f"no account has the key {arguments.account}")
    until = arguments.until or ctx.clock().date()
    since = arguments.since or until - timedelta(days=USUAL_DAYS)
    found = await spending(account.id, since, until, service_kopecks=arguments.service * 100)
    print(f"{since} to {until}, each day by the account's own clock")
    _print(found)


def _print(found: "Spending") -> None:
    from backend.sending.paid import stars
    from backend.spending.roubles import roubles

    for each in found.channels:
        ends = f"{each.delivered} delivered, {each.failed} failed, {each.stopped} stopped"
        print(f"{each.channel:10} {ends}  {roubles(each.kopecks)} RUB")
    for said, kopecks in (
        (f"{found.messages} messages cost", found.kopecks),
        ("the service cost", found.service_kopecks),
        ("as SMS they would have cost", found.sms_kopecks),
        ("saved on messages", found.saved_on_messages),
        (f"{found.cards} cards would have cost as plastic", found.plastic_kopecks),
        ("saved in all", found.saved),
    ):
        print(f"{said:44} {roubles(kopecks):>14} RUB")
    if found.paid:
        print(f"{f'{found.paid} paid messages cost at most':44} {stars(found.paid):>14} Stars")
