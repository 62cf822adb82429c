"""karman segments: who is meant, as accounts have kept it, and how many that is now; whether they
are counted where they are."""

import argparse
from typing import TYPE_CHECKING

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.platform.context import Context
    from models.segment import Segment

_REFUSED = {
    "segment_not_found": "the account has no segment with this key; karman segments list shows all",
    "account_not_found": "no account has this key",
    "brand_not_found": "no brand of the account has this key",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "segments", "show who is meant, count them, verify the count", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="segments by their keys")
    listed.add_argument("account", nargs="?", metavar="ACCOUNT", help="the account's key")
    actions.add_parser("verify", help="whether people are counted where they live and are found")
    actions.add_parser("mend", help="put right what verify finds")
    for name, explained in _NAMED.items():
        named = actions.add_parser(name, help=explained)
        named.add_argument("account", metavar="ACCOUNT", help="the account's key")
        named.add_argument("segment", metavar="KEY", help="as list shows it")
        if name == "count":
            named.add_argument("brand", metavar="BRAND", help="the key of whoever would write")


_NAMED = {"show": "one, with its tree", "count": "how many it is now, and who is left out"}


def run(arguments: argparse.Namespace) -> int:
    if arguments.action in _CHECKS:
        return run_async(_CHECKS[arguments.action](arguments))
    actions = {"list": listed, "show": show, "count": count}
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def listed(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    found = scope.segments().select_related("account").order_by("account__key", "key")
    if arguments.account:
        found = found.filter(account__key=arguments.account)
    for row in await found:
        put_away = "  archived" if row.archived_at is not None else ""
        print(f"{row.account.key:<16} {row.key:<24} {row.name}{put_away}")


async def show(arguments: argparse.Namespace, _ctx: "Context") -> None:
    import orjson

    from backend.segments.sentence import sentence

    row = await _named(arguments)
    print(f"{row.key}: {row.name}")
    print(sentence(row.tree, "en"))
    if row.tree is not None:
        print(orjson.dumps(row.tree, option=orjson.OPT_INDENT_2).decode())


async def count(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.brands.keys import brand_of
    from backend.campaigns.audiences.count_segment import count_segment
    from catalog.tenant import Scope
    from models.channel import ChannelName

    row = await _named(arguments)
    brand = await brand_of(Scope.of([row.account_id]), arguments.brand)
    channels = (ChannelName.TELEGRAM,)
    found = await count_segment(ctx, brand.id, row.tree, channels, promo=True)
    print(found.sentence["en"])
    print(f"meant          {found.meant}")
    print(f"recipients     {found.recipients}")
    for reason, number in found.left_out.items():
        print(f"{reason:<14} {number}")
    if found.capped is not None:
        print(f"capped now     {found.capped}")
    if found.rounded:
        print("down to tens: answers of people are asked for")


async def _named(arguments: argparse.Namespace) -> "Segment":
    from backend.brands.keys import account_of
    from backend.campaigns.audiences.save_segment import segment_of
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    account = await account_of(scope, arguments.account)
    return await segment_of(scope, account.id, arguments.segment)


async def verify(_arguments: argparse.Namespace) -> int:
    from backend.cli.opened import opened, start
    from backend.segments.placed import misplaced

    wrong = waiting = 0
    async with opened(start()):
        async for customer_id, waits in misplaced():
            waiting += waits
            wrong += not waits
            if not waits:
                print(f"customer {customer_id} is counted where they are not", flush=True)
    if waiting:
        print(f"{waiting} people were there before the upgrade; the worker comes to them")
    print(f"{wrong} people are counted wrongly" if wrong else "everybody is counted where they are")
    return 1 if wrong else 0


async def mend(_arguments: argparse.Namespace) -> int:
    from backend.campaigns.audiences.place_answers import place
    from backend.cli.opened import opened, start
    from backend.segments.placed import misplaced

    mended = 0
    async with opened(start()):
        async for customer_id, _ in misplaced():
            await place([customer_id])
            mended += 1
    print(f"{mended} people are looked at anew")
    return 0


_CHECKS = {"verify": verify, "mend": mend}
