"""karman ledger: points of cards that the built-in ledger keeps."""

import argparse
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.ledger.history import Movement
    from backend.ledger.order import LedgerCard, Posted
    from backend.platform.context import Context
    from models.ledger import PostingKind

_AMOUNT = re.compile(r"(-?)(\d{1,8})(?:[.,](\d{1,2}))?")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
MOST = 10_000_000
LONGEST_REASON = 200
SHOWN = 20
_REFUSED = {
    "card_not_found": "no card {} of {} whose points the ledger keeps",
    "card_blocked": "the card {} of {} is blocked",
    "not_enough_points": "there are not enough points on {} of {}",
    "posting_differs": "the key was used on {} of {} for something else",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "ledger", "accrue, correct, show and verify points of cards", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    accrue = actions.add_parser("accrue", help="give points to a card")
    correct = actions.add_parser("correct", help="put a balance right: 100, or -100 to take away")
    for each in (accrue, correct):
        _card(each)
        each.add_argument("amount", metavar="POINTS", help="150, or 150.50")
        each.add_argument("--reason", required=True, metavar="TEXT", help="shown to the owner")
        each.add_argument(
            "--key", required=True, metavar="KEY", help="given again, it does nothing"
        )
    history = actions.add_parser("history", help="what moved the points of a card, newest first")
    _card(history)
    history.add_argument("--limit", type=int, default=SHOWN, metavar="N", help=f"{SHOWN}")
    actions.add_parser("verify", help="whether every balance is the sum of its postings")


def _card(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("program", metavar="PROGRAM", help="the program's key")
    parser.add_argument("number", metavar="NUMBER", help="as it is printed on the card")


def run(arguments: argparse.Namespace) -> int:
    actions = {"accrue": accrue, "correct": correct, "history": history, "verify": verify}
    return run_async(actions[arguments.action](arguments))


async def accrue(arguments: argparse.Namespace) -> int:
    from backend.ledger.accrue import accrue as give
    from models.ledger import PostingKind

    return await _posted(arguments, PostingKind.ACCRUE, give, asked(arguments, smallest=1))


async def correct(arguments: argparse.Namespace) -> int:
    from backend.ledger.correct import correct as put_right
    from models.ledger import PostingKind

    typed = asked(arguments, smallest=-MOST * 100)
    return await _posted(arguments, PostingKind.CORRECT, put_right, typed)


def asked(arguments: argparse.Namespace, smallest: int) -> tuple[int, str, str]:
    """The amount in hundredths. Raises CannotRun."""
    from backend.cli.explain import CannotRun

    typed = _AMOUNT.fullmatch(arguments.amount)
    amount = _hundredths(typed) if typed else 0
    if amount == 0 or not smallest <= amount <= MOST * 100:
        example = "150 or 150.50" if smallest > 0 else "150, 150.50 or -150"
        raise CannotRun(f"the points are {arguments.amount!r}: expected {example}")
    if not _KEY.fullmatch(arguments.key):
        raise CannotRun("--key: expected up to 100 of A-Z, a-z, 0-9 and . _ : -")
    reason = arguments.reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise CannotRun(f"--reason: expected up to {LONGEST_REASON} characters on one line")
    return amount, arguments.key, reason


def _hundredths(typed: re.Match[str]) -> int:
    sign, whole, cents = typed.groups()
    amount = int(whole) * 100 + int((cents or "").ljust(2, "0"))
    return -amount if sign else amount


async def _posted(
    arguments: argparse.Namespace,
    kind: "PostingKind",
    does: "Callable[[Context, LedgerCard, int, str, str], Awaitable[Posted]]",
    typed: tuple[int, str, str],
) -> int:
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.ledger.by_key import noted
    from backend.ledger.card import card_numbered
    from catalog.tenant import Scope
    from models.refusal import Refusal

    async with opened(start()) as ctx:
        try:
            scope = await Scope.of_operator()
            card = await card_numbered(scope, arguments.program, arguments.number)
            posted = await noted(ctx, card, kind, lambda: does(ctx, card, *typed))
        except Refusal as refusal:
            told = _REFUSED[refusal.code.value]
            raise CannotRun(told.format(arguments.number, arguments.program)) from refusal
    again = "" if posted.new else "done before; "
    print(f"{again}posting {posted.id}: {points(posted.available)} points on the card")
    return 0


async def history(arguments: argparse.Namespace) -> int:
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start
    from backend.ledger.card import card_numbered
    from backend.ledger.history import movements
    from catalog.tenant import Scope
    from models.refusal import Refusal

    async with opened(start()):
        try:
            scope = await Scope.of_operator()
            card = await card_numbered(scope, arguments.program, arguments.number)
        except Refusal as refusal:
            told = _REFUSED[refusal.code.value]
            raise CannotRun(told.format(arguments.number, arguments.program)) from refusal
        found = await movements(card.id, max(arguments.limit, 1))
    for each in found:
        print(told_movement(each))
    if not found:
        print("nothing was posted")
    return 0


def told_movement(each: "Movement") -> str:
    """ "17  2026-11-21 09:00  spend       -100  Coffee"."""
    of = f" (of {each.of_id})" if each.of_id else ""
    change = f"{'+' if each.change > 0 else ''}{points(each.change)}"
    line = f"{each.id}  {each.at:%Y-%m-%d %H:%M}  {each.kind.value:8}  {change:>10}  {each.reason}"
    return f"{line.rstrip()}{of}"


async def verify(_arguments: argparse.Namespace) -> int:
    from backend.cli.opened import opened, start
    from backend.ledger.verify import sums

    cards = wrong = 0
    async with opened(start()):
        async for each in sums():
            cards += 1
            for line in each.wrong():
                wrong += 1
                print(f"card {each.card_id} of {each.program}: {line} (hundredths)", flush=True)
    verdict = f"{wrong} things do not add up" if wrong else "every sum holds"
    print(f"{cards} cards: {verdict}")
    return 1 if wrong else 0


def points(hundredths: int) -> str:
    """`1250` or `-12.50`."""
    whole, cents = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}.{cents:02d}" if cents else f"{sign}{whole}"
