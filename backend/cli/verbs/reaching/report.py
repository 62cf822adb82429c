"""karman report: what happened in a period, in numbers."""

import argparse
import csv
import sys
from dataclasses import astuple, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.analytics.report import Line

USUAL_DAYS = 30
# What a spreadsheet would run: a label comes out of a link that anybody may write.
_RUN = ("=", "+", "-", "@", "\t", "\r")


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "report", "cards, consents and messages of a period, in numbers", run)
    parser.add_argument("--account", metavar="KEY", default="", help="of this account alone")
    parser.add_argument("--brand", metavar="KEY", default="", help="of this brand alone")
    parser.add_argument("--since", metavar="DAY", type=_day, help="2026-11-01; 30 days back")
    parser.add_argument("--until", metavar="DAY", type=_day, help="2026-11-30; today")
    parser.add_argument("--daily", action="store_true", help="each day by itself")
    parser.add_argument("--csv", action="store_true", help="for a spreadsheet, by day")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("expected a day such as 2026-11-27") from None


def run(arguments: argparse.Namespace) -> int:
    return run_async(_report(arguments))


async def _report(arguments: argparse.Namespace) -> int:
    from backend.analytics.report import report
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        await _check(arguments)
        until = arguments.until or ctx.clock().date()
        since = arguments.since or until - timedelta(days=USUAL_DAYS)
        daily = arguments.daily or arguments.csv
        lines = await report(
            since, until, account=arguments.account, brand=arguments.brand, daily=daily
        )
    if arguments.csv:
        _write(lines)
    else:
        _print(lines, since, until)
    return 0


async def _check(arguments: argparse.Namespace) -> None:
    from backend.cli.explain import CannotRun
    from catalog.scope import brands_in_catalog, controllers

    if arguments.account and not await controllers().filter(key=arguments.account).exists():
        raise CannotRun(f"no account has the key {arguments.account}")
    if arguments.brand and not await brands_in_catalog().filter(key=arguments.brand).exists():
        raise CannotRun(f"no brand has the key {arguments.brand}")


def _write(lines: "list[Line]") -> None:
    from backend.analytics.report import Line

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([field.name for field in fields(Line)])
    out.writerows([_safe(value) for value in astuple(line)] for line in lines)


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUN) else value


def _print(lines: "list[Line]", since: date, until: date) -> None:
    if not lines:
        print(f"nothing happened from {since} to {until}")
        return
    print(f"{since} to {until}, each day by the account's own clock")
    for line in lines:
        where = " ".join(filter(None, (line.day, line.account or "-", line.brand or "-")))
        about = " ".join(filter(None, (line.source, line.channel)))
        cost = f"  {line.kopecks / 100:.2f} RUB" if line.kopecks else ""
        print(f"{where:32} {line.kind:20} {about:24} {line.n:>9}{cost}")
