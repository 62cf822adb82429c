"""How long it takes to count whom a brand means among as many people as a large wallet has, and
to begin to write to half of them.

On PostgreSQL, of BENCH_PEOPLE: they live where people live (the cities' own sizes), each with an
identity, an answer about advertising, a card and, three of five, with traits. Each count is what
the API answers: recipients, and why the others are left out; beside its limit, a bare count of
the smallest index that knows the brand's people, and the same count of the tables whose copy is
counted. The limits are for 4,500,000 people and are taken for fewer in proportion.

Then one process writes down and sends a campaign to half of all for BENCH_SENDING seconds, at what
Telegram allows everybody and at what it sells.
"""

import asyncio
import os
import statistics
import time
from asyncio.subprocess import PIPE
from typing import Any
from unittest.mock import patch

import orjson
import uvloop

from backend.campaigns.collect_campaign import collect_campaign
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from backend.segments import audience as counting
from backend.segments.audience import Audience, Counted, count_people
from models.campaign import Campaign, CampaignState
from tests.bench.harness import Report, say
from tests.bench.parts.country import NOW, filled
from tests.bench.parts.limited_telegram import started, telegram, told_by
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "segments"
FULL = 4_500_000
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "300000"))
SENDING = float(os.environ.get("BENCH_SENDING", "20"))
ROUNDS = 5
# Of what is allowed; see the bench of pushes.
PACE = 0.98
PACES = (30.0, 1000.0)
# Of collecting alone, so that what a recipient weighs is not mixed with what sending leaves.
BATCHES = 50
BARE = "SELECT count(*) FROM consent_states WHERE subject_id = $1 AND purpose = 'advertising'"
SIZES = """
SELECT pg_total_relation_size('messages') + pg_total_relation_size('deliveries') AS bytes
"""
Tree = dict[str, Any]


def trees(half: list[str]) -> dict[str, tuple[Tree | None, float]]:
    """By name: the tree, and milliseconds of FULL people."""
    four: Tree = {
        "all": [
            {"field": "city", "in": half},
            {"field": "balance", "from": "100"},
            {"field": "age", "in": ["25-34", "35-44"]},
            {"not": {"field": "last_seen", "within_days": 7}},
        ]
    }
    return {
        "two cities": ({"field": "city", "in": ["kazan", "ufa"]}, 50),
        "half of all": ({"field": "city", "in": half}, 1000),
        "four conditions": (four, 2000),
        "everybody": (None, 1000),
    }


def run(report: Report) -> None:
    with scratch():
        server = postgres.lasting_server_url()
        uvloop.run(postgres.admin("CREATE DATABASE segments", server))
        uvloop.run(measured(report, f"{server}/segments"))


async def measured(report: Report, url: str) -> None:
    await migrate(url)
    await connect(url)
    brand, half = await filled(PEOPLE)
    for name, (tree, limit) in trees(half).items():
        await _count(report, name, Audience(brand, tree), limit * PEOPLE / FULL)
    await _weigh(report, await _campaign(brand.brand_id, half))
    for pace in PACES:
        campaign = await _campaign(brand.brand_id, half)
        await _send(report, url, pace, campaign)
        # of all: the campaign in hand
        await Campaign.filter(id=campaign.id).update(state="done", finished_at=NOW)
    await disconnect()


async def _count(report: Report, name: str, audience: Audience, limit: float) -> None:
    took: dict[str, list[float]] = {"ours": [], "bare": [], "joined": []}
    for turn in range(ROUNDS):
        began = time.perf_counter()
        counted = await count_people(audience, NOW)
        took["ours"].append(time.perf_counter() - began)
        began = time.perf_counter()
        await rows(BARE, [audience.brand.brand_id])
        took["bare"].append(time.perf_counter() - began)
        if turn == 0:
            began = time.perf_counter()
            assert await _joined(audience) == counted
            took["joined"].append(time.perf_counter() - began)
    middle = {each: statistics.median(times) * 1000 for each, times in took.items()}
    say(f"{name}: {counted.recipients} of {counted.meant} who are meant, of {PEOPLE}")
    report.add(
        f"count {name}", middle["ours"], "ms", against=f"limit {limit:.0f} ms of {PEOPLE}",
        theirs=limit, aim=1, aim_is="at most",
    )  # fmt: skip
    for each, whose in (("bare", "a bare count of all"), ("joined", "the tables joined")):
        against = f"peer {whose} {middle[each]:,.0f} ms"
        report.add(f"{name} beside {each}", middle["ours"], "ms", against=against,
                   theirs=middle[each])  # fmt: skip


async def _joined(audience: Audience) -> Counted:
    """Of the tables themselves, as before all answers are placed."""

    async def never() -> bool:
        return False

    with patch.object(counting, "all_placed", never):
        return await count_people(audience, NOW)


async def _campaign(brand_id: int, half: list[str]) -> Campaign:
    wording = {"ru": {"text": "Кофе дешевле"}}
    return await Campaign.create(
        brand_id=brand_id, advertiser="ООО «Ромашка»", inn="7707083893", created_at=NOW,
        started_at=NOW, state=CampaignState.DRAFT,
        plan={
            "variants": [{"name": "A", "share": 100, "content": wording}],
            "audience": {"field": "city", "in": half}, "cascade": [{"channel": "telegram"}],
        },
    )  # fmt: skip


async def _weigh(report: Report, campaign: Campaign) -> None:
    await Campaign.filter(id=campaign.id).update(state=CampaignState.COLLECTING)
    (before,) = await rows(SIZES)
    began = time.perf_counter()
    for _ in range(BATCHES):
        if not await collect_campaign(campaign):
            break
    took = time.perf_counter() - began
    (after,) = await rows(SIZES)
    await Campaign.filter(id=campaign.id).update(state="done", finished_at=NOW)
    weight = (after["bytes"] - before["bytes"]) / campaign.recipients
    report.add(
        "bytes a recipient with a card", weight, "B", against="limit 350 B", theirs=350, aim=1,
        aim_is="at most",
    )  # fmt: skip
    report.add("written down", campaign.recipients / took, "/s")


async def _send(report: Report, url: str, pace: float, campaign: Campaign) -> None:
    async with telegram(pace) as (where, session):
        sender = await started(
            "tests.bench.parts.country_sender", url, where, str(pace * PACE), str(SENDING),
            str(campaign.id), out=PIPE,
        )  # fmt: skip
        out, _ = await asyncio.wait_for(sender.communicate(), SENDING * 10 + 60)
        taken = await told_by(session, where)
    told = orjson.loads(out)
    at = f"at {pace:.0f}/s"
    rate = (taken["taken"] - 1) / taken["seconds"]
    report.add(
        f"first message after the tap {at}", told["first"], "s", against="limit 5 s", theirs=5,
        aim=1, aim_is="at most",
    )  # fmt: skip
    report.add(
        f"memory of the sender {at}", told["most"], "MB", against="limit 200 MB", theirs=200,
        aim=1, aim_is="at most",
    )  # fmt: skip
    report.add(f"memory gained {at}", told["late"] - told["early"], "MB")
    report.add(f"sent beside writing down {at}", rate, "/s", against=f"limit {pace:.0f}/s",
               theirs=pace)  # fmt: skip
    report.add(f"refused {at}", taken["refused"], "")
    report.add(f"written down meanwhile {at}", told["written"], "")
    report.add(f"hours to {FULL:,} {at}", FULL / rate / 3600, "h")
