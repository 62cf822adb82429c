"""What every schedule does in one round when there is nothing to do, among 10³ to 10⁵ people
(BENCH_GROWTH_PEOPLE=1000000 for a million): milliseconds, and by which power they grow."""

import asyncio
import math
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import uvloop

from backend.campaigns.audience import Audience
from backend.campaigns.begin_due import begin_due
from backend.campaigns.collect_campaign import BATCH
from backend.campaigns.plan import Plan
from backend.cards.plastic.ask_again import ask_again
from backend.cards.pocket.reminders.announce_expiry import announce_expiry
from backend.cards.pocket.reminders.announce_joined import announce_joined
from backend.cards.pocket.reminders.announce_news import announce_news
from backend.cards.pool.announce_numbers import announce_numbers
from backend.cards.pool.pool_level import pools_by_level, settle_levels
from backend.cascades.advance import advance
from backend.cascades.ask_gateway import give_up_asking
from backend.cascades.read_arrivals import report_arrived
from backend.consents.chain import extend_chain
from backend.consents.gate import gate_by
from backend.consents.sweep import extend_all_chains
from backend.jobs.turn import next_job
from backend.links.clicks import clicked
from backend.messages.cut_bulk import cut_some
from backend.messages.send_messages import Lane
from backend.messaging.gated_channels import GatedChannels
from backend.outbox.backlog import counts
from backend.outbox.claim import claim
from backend.outbox.fan_out import fan_out
from backend.outbox.tidy import tidy
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from backend.platform.settings import load_settings
from backend.reactions import reactions
from backend.triggers.fire import fire_due
from backend.wallets.behind import settle_programs
from backend.worker.cascades import by_channel
from backend.worker.facts import count_what_happened
from backend.worker.keep_private import due
from backend.worker.schedules import tell_feeds
from models.campaign import Campaign
from models.chain_mark import ChainMark
from tests.bench.harness import Report
from tests.bench.parts.people import SHOPS, add_people, make_shops
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "growth"
FIRST = 1000
PEOPLE = int(os.environ.get("BENCH_GROWTH_PEOPLE", "100000"))
ROUNDS = 9
MOST_MILLISECONDS, MOST_POWER = 20.0, 0.1
# Below a millisecond nothing is called growth.
FLOOR = 1.0
Round = Callable[[], Awaitable[object]]


def run(report: Report) -> None:
    with scratch() as folder:
        on_postgres(report)
        grown(report, "SQLite", f"sqlite://{folder}/growth.db")


def on_postgres(report: Report, _folder: object = None) -> None:
    server = postgres.lasting_server_url()
    uvloop.run(postgres.admin("CREATE DATABASE growth", server))
    grown(report, "PG", f"{server}/growth")


def grown(report: Report, engine: str, url: str) -> None:
    found = uvloop.run(_measured(url))
    for name in found[PEOPLE]:
        took = statistics.median(found[PEOPLE][name])
        report.add(
            f"{engine}: {name}", took, "ms", against="limit 20 ms a round",
            theirs=MOST_MILLISECONDS, aim=1, aim_is="at most",
        )  # fmt: skip
    power = max((_power(found, name), name) for name in found[PEOPLE])
    report.add(
        f"{engine}: power of {power[1]}", power[0], "", against="limit the steepest of all",
        theirs=MOST_POWER, aim=1, aim_is="at most",
    )  # fmt: skip


def _power(found: Mapping[int, Mapping[str, list[float]]], name: str) -> float:
    """By which power of the number of people a round grows at the end, from a tenth of them to all:
    what is bounded is at its bound by then. Of the rounds the least: it is what the plan takes."""
    last, before = (max(min(found[people][name]), FLOOR) for people in (PEOPLE, PEOPLE // 10))
    return max(0.001, math.log10(last / before))


async def _measured(url: str) -> dict[int, dict[str, list[float]]]:
    await migrate(url)
    await connect(url)
    ctx, there, found = new_context(), 0, {}
    await make_shops()
    rounds = _rounds(ctx)
    people = FIRST
    while people <= PEOPLE:
        await add_people(there + 1, people, f"'{ctx.clock().isoformat(' ')}'")
        for _ in range(3):  # marks follow, statements are prepared
            await _settled(rounds)
        found[people] = {name: await _taken(each) for name, each in rounds.items()}
        there, people = people, people * 10
    await disconnect()
    return found


async def _settled(rounds: Mapping[str, Round]) -> None:
    for name, each in rounds.items():
        while (more := await each()) is True or (more and name.startswith("forget")):
            continue
    # The mark of the chains follows when whatever ran meanwhile on the server has ended.
    newest = (await rows("SELECT max(id) AS id FROM consent_records"))[0]["id"]
    async with asyncio.timeout(120):
        while (await ChainMark.get()).linked_up_to < newest:
            await asyncio.sleep(0.2)
            await extend_all_chains()


async def _taken(each: Round) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await each()
        taken.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0)
    return taken


def _rounds(ctx: Context) -> dict[str, Round]:
    plan, old = reactions({}).plan(), ctx.clock() - timedelta(days=14)
    campaign = Campaign(brand_id=SHOPS, advertiser="", inn="", erid="")
    post = GatedChannels({}, gate_by(ctx.clock))
    everybody = Audience(campaign, Plan(), ctx.clock())
    return {
        "pass on": lambda: fan_out(ctx.clock(), plan),
        "claim": lambda: claim(ctx.clock()),
        "count the outbox": counts,
        "tidy": lambda: tidy(old),
        "count what happened": count_what_happened,
        "cards that end": lambda: announce_expiry(ctx),
        "numbers again": lambda: announce_numbers(ctx),
        "brands that joined": lambda: announce_joined(ctx),
        "news of brands": lambda: announce_news(ctx),
        "sweep of the chains": extend_all_chains,
        "seal one chain": lambda: extend_chain(1),
        "levels of pools": settle_levels_of(ctx),
        "feeds": tell_feeds,
        "passes of programs": lambda: settle_programs(ctx),
        "next channels": lambda: advance(ctx, Plan().channels, clicked, by_channel),
        "reports given up": lambda: give_up_asking(ctx.clock()),
        "cards that arrived": lambda: report_arrived(ctx),
        "triggers": lambda: fire_due(ctx, promo=True),
        "triggers of service": lambda: fire_due(ctx, promo=False),
        "partners' messages": Lane(ctx, post, promo=True).step,
        "partners' messages of service": Lane(ctx, post, promo=False).step,
        "bulks": lambda: cut_some(ctx),
        "campaigns begin": lambda: begin_due(ctx),
        "jobs": next_job,
        "plastic asked again": lambda: ask_again(ctx),
        "who of all, ten of them": lambda: everybody.batch(0, Plan().channels, BATCH),
        **{f"forget {name}": once for name, once in due(ctx, load_settings()).items()},
    }


def settle_levels_of(ctx: Context) -> Round:
    async def both() -> None:
        await settle_levels(ctx.clock())
        await pools_by_level()

    return both
