"""karman push: one text of a brand to everybody who allowed it."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from backend.cli.verb import Verbs, run_async, verb

if TYPE_CHECKING:
    from backend.campaigns.campaign_progress import CampaignProgress
    from backend.campaigns.start_campaign import CampaignOrder, CampaignPreview
    from backend.platform.context import Context
    from models.campaign import Campaign

STATES = ("delivered", "stopped", "failed", "in_doubt", "queued", "sending")
LOOK_SECONDS = 1.0
# Longer than the worker takes to notice a new campaign.
QUIET_SECONDS = 15


def add(verbs: Verbs) -> None:
    parser = verb(verbs, "push", "send an advertising text of a brand in Telegram", run)
    parser.add_argument("--brand", metavar="KEY", help="the brand's key")
    parser.add_argument("--text", help="the text; the label of the law is added")
    parser.add_argument("--city", default="", metavar="KEY", help="only people of this city")
    parser.add_argument("--erid", default="", help="the advertisement's identifier")
    parser.add_argument("--advertiser", default="", help="default: the account's legal name")
    parser.add_argument("--inn", default="", help="default: the account's")
    parser.add_argument("--dry-run", action="store_true", help="show it and send nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--once", default="", metavar="KEY", help="the same KEY again is the same campaign"
    )
    parser.add_argument("--no-wait", action="store_true", help="do not watch it go out")
    parser.add_argument(
        "--follow", type=int, metavar="ID", help="watch a campaign that was started"
    )


def run(arguments: argparse.Namespace) -> int:
    from backend.cli.explain import CannotRun

    if arguments.follow is None and not (arguments.brand and arguments.text):
        raise CannotRun("expected --brand KEY and --text TEXT, or --follow ID")
    return run_async(campaign(arguments))


async def campaign(arguments: argparse.Namespace) -> int:
    from backend.campaigns.campaign_progress import find_campaign
    from backend.campaigns.start_campaign import CampaignRefused
    from backend.cli.explain import CannotRun
    from backend.cli.opened import opened, start

    async with opened(start()) as ctx:
        if arguments.follow is not None:
            started = await find_campaign(arguments.follow)
            if started is None:
                raise CannotRun(f"no campaign has the number {arguments.follow}")
        else:
            try:
                agreed = await _start(ctx, arguments)
            except CampaignRefused as wrong:
                raise CannotRun(str(wrong)) from None
            if agreed is None:
                return 0
            started = agreed
        return 0 if arguments.no_wait else await follow(started)


async def _start(ctx: "Context", arguments: argparse.Namespace) -> "Campaign | None":
    """Show, ask, write down. None when nothing is to be sent."""
    from backend.campaigns.start_campaign import ordered_before, preview_campaign, start_campaign

    order = _order(arguments)
    _show(await preview_campaign(ctx, order))
    if not order.erid:
        print(
            "warning: no --erid. Advertising to people in Russia needs one from an operator of "
            "advertising data; without it a fine may follow.",
            file=sys.stderr,
        )
    if arguments.dry_run:
        print("nothing was sent")
        return None
    if not (arguments.yes or await _asked()):
        print("nothing was sent")
        return None
    before = await ordered_before(order)
    started = await start_campaign(ctx, order)
    told = "was ordered before with this --once" if before else "is written down"
    print(f"campaign {started.id} {told}; the worker sends it")
    return started


def _order(arguments: argparse.Namespace) -> "CampaignOrder":
    from backend.campaigns.start_campaign import CampaignOrder

    return CampaignOrder(
        brand=arguments.brand,
        text=arguments.text,
        city=arguments.city,
        erid=arguments.erid,
        advertiser=arguments.advertiser,
        inn=arguments.inn,
        once=arguments.once,
    )


def _show(preview: "CampaignPreview") -> None:
    for language, text in preview.texts.items():
        print(f"{language}: {text}")
    people = "1 person" if preview.recipients == 1 else f"{preview.recipients} people"
    print(f"{people} may have it now; whoever says no meanwhile is left out")


async def _asked() -> bool:
    """Raises CannotRun where nobody can answer."""
    from backend.cli.explain import CannotRun

    if not sys.stdin.isatty():
        raise CannotRun("nobody is there to be asked: expected --yes, or --dry-run to look first")
    answer = await asyncio.to_thread(input, "Send it? [y/N] ")
    return answer.strip().lower() in {"y", "yes", "д", "да"}


async def follow(campaign: "Campaign") -> int:
    """Print how it goes until it is done; the sending does not depend on it."""
    from backend.campaigns.campaign_progress import campaign_progress
    from models.campaign import CampaignState

    last, quiet = "", 0.0
    while True:
        await campaign.refresh_from_db()
        progress = await campaign_progress(campaign)
        line = told(progress)
        if line != last:
            print(line, flush=True)
            last, quiet = line, 0.0
        if campaign.state is CampaignState.DONE:
            print(progress.tap_line())
            return 0
        quiet += LOOK_SECONDS
        if quiet == QUIET_SECONDS:
            print("nothing moves: is karman up or karman worker running?", flush=True)
        await asyncio.sleep(LOOK_SECONDS)


def told(progress: "CampaignProgress") -> str:
    """ "campaign 3: sending, 120/400 · delivered 110, stopped 10"."""
    counts = ", ".join(f"{s} {progress.states[s]}" for s in STATES if progress.states.get(s))
    campaign = progress.campaign
    how_far = f"{campaign.state.value}, {progress.settled}/{campaign.recipients}"
    return f"campaign {campaign.id}: {how_far} · {counts}"
