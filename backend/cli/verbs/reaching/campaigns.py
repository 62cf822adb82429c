"""karman campaigns: which there are, what they say, how far they are; begin, pause, cancel them."""

import argparse
import asyncio
import json
from typing import TYPE_CHECKING, Any

from backend.cli.refusing import run_action
from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.campaigns.campaign_pace import Pace
    from backend.platform.context import Context
    from models.campaign import Campaign

LOOK_SECONDS = 1.0
MOST = 50
_REFUSED = {
    "account_not_found": "no account has this key",
    "campaign_not_found": "no campaign has this number; karman campaigns list shows them",
    "campaign_state": "not while the campaign is {state}",
    "campaign_unapproved": "its account wants it to be approved first",
    "campaign_over": "it would never have its turn: its last day is over",
}
_NAMED = {
    "show": "a campaign as it was written, as JSON",
    "preview": "what it would say, and to how many",
    "start": "begin it now",
    "redraft": "take it back from review or from its time, so that it may be changed",
    "pause": "let nothing leave until it is resumed",
    "resume": "go on where it was",
    "cancel": "stop what has not left, for good",
    "follow": "watch it go out",
}


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "campaigns", "list, look at, begin, pause, watch campaigns", run)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=f"the newest first, {MOST} at most")
    listed.add_argument("account", nargs="?", metavar="ACCOUNT", help="only of this account")
    for name, explained in _NAMED.items():
        named = actions.add_parser(name, help=explained)
        named.add_argument("campaign", type=int, metavar="ID", help="as list shows it")


def run(arguments: argparse.Namespace) -> int:
    actions = {
        "list": list_all, "show": show, "preview": preview, "start": steer, "redraft": steer,
        "pause": steer, "resume": steer, "cancel": steer, "follow": follow,
    }  # fmt: skip
    return run_async(run_action(actions[arguments.action], arguments, _REFUSED))


async def list_all(arguments: argparse.Namespace, _ctx: "Context") -> None:
    from backend.brands.keys import account_of
    from catalog.tenant import Scope

    scope = await Scope.of_operator()
    if arguments.account:
        scope = Scope.of([(await account_of(scope, arguments.account)).id])
    found = scope.campaigns().select_related("brand").order_by("-id").limit(MOST)
    for each in await found:
        state = f"{each.state.value}{' (paused)' if each.paused_at else ''}"
        print(f"{each.id:<6} {each.brand.key:24} {state:22} {each.recipients:>9}  {each.name}")


async def _named(arguments: argparse.Namespace) -> "Campaign":
    from backend.campaigns.campaign_named import campaign_named
    from catalog.tenant import Scope

    return await campaign_named(await Scope.of_operator(), arguments.campaign)


async def show(arguments: argparse.Namespace, _ctx: "Context") -> None:
    print(json.dumps(written(await _named(arguments)), ensure_ascii=False, indent=2))


def written(row: "Campaign") -> dict[str, Any]:
    """What it says to whom and when; nothing that is not set."""
    from backend.brands.templates.freeze import entered

    variants = [{**each, "content": entered(each["content"])} for each in row.plan["variants"]]
    law = {name: getattr(row, name) for name in ("advertiser", "inn", "erid")}
    named = {"brand": row.brand.key, "name": row.name, "purpose": row.purpose.value}
    whole = {**named, **law, **row.plan, "variants": variants}
    return {name: value for name, value in whole.items() if value}


async def preview(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.campaigns.campaign_count import campaign_count, held_out, in_digest
    from backend.platform.words import LANGUAGES
    from backend.templates.words_of import said_in

    row = await _named(arguments)
    for number, variant in enumerate(row.plan["variants"]):
        for language in LANGUAGES:
            print(f"{variant['name']} {language}: {said_in(row, number, language).text()}")
    counted = await campaign_count(ctx, row)
    print(counted.sentence["en"])
    out = held_out(row, counted.recipients)
    print(f"it would go to {counted.recipients - out} now; {out} would be held out")
    digest = await in_digest(ctx, row)
    print(f"{digest} would get it once a day, together with other advertising")
    for why, number in counted.left_out.items():
        print(f"left out, {why}: {number}")


async def steer(arguments: argparse.Namespace, ctx: "Context") -> None:
    from backend.campaigns.begin_campaign import start_now
    from backend.campaigns.redraft_campaign import redraft_campaign
    from backend.campaigns.steer_campaign import cancel_campaign, pause_campaign, resume_campaign
    from catalog.tenant import Scope

    uses = {
        "start": start_now, "redraft": redraft_campaign, "pause": pause_campaign,
        "resume": resume_campaign, "cancel": cancel_campaign,
    }  # fmt: skip
    await uses[arguments.action](ctx, await Scope.of_operator(), arguments.campaign)
    row = await _named(arguments)
    print(f"campaign {row.id} is {row.state.value}{', paused' if row.paused_at else ''}")


async def follow(arguments: argparse.Namespace, ctx: "Context") -> None:
    """Until it is over; the sending does not depend on it."""
    from backend.campaigns.campaign_pace import campaign_pace

    last = ""
    while True:
        row = await _named(arguments)
        line = told(await campaign_pace(row, ctx.clock()))
        if line != last:
            print(line, flush=True)
            last = line
        if row.finished_at is not None:
            return
        await asyncio.sleep(LOOK_SECONDS)


def told(pace: "Pace") -> str:
    """ "campaign 3: sending, 120/400 · delivered 110, stopped 10 · 27.9/s, 10 s left"."""
    row = pace.campaign
    state = f"{row.state.value}{' (paused)' if row.paused_at else ''}"
    counts = ", ".join(f"{name} {number}" for name, number in sorted(pace.states.items()))
    left = "" if pace.seconds_left is None else f", {pace.seconds_left} s left"
    speed = f" · {pace.per_second:.1f}/s{left}" if pace.per_second else ""
    how_far = f"{state}, {pace.settled}/{row.recipients}"
    return f"campaign {row.id}: {how_far}{f' · {counts}' if counts else ''}{speed}"
