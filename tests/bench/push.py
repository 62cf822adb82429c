"""A campaign the whole way, on PostgreSQL and over HTTP, beside what Telegram allows and beside
what others send it with.

One process sends, with the database, the gate and every row; Telegram is another process, which
counts as the sandbox does, in penalty mode, and answers after 30 ms. The pace is set to 98 % of
what is allowed, as in the bench of the gate alone (`pacing`); the others are told the same.
"""

import asyncio
import os
import time
from dataclasses import dataclass, replace
from typing import Any, Self

from pydantic import SecretStr

from backend.campaigns import send_campaigns
from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.send_campaigns import send_campaign
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.clock import utc_now
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, rows
from backend.platform.settings import Settings
from models.campaign import Campaign
from models.message import Delivery, DeliveryState
from tests.bench.harness import Report
from tests.bench.parts.bot_api import TOKEN
from tests.bench.parts.limited_telegram import killed, started, telegram, told_by
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import shop

NAME = "push"
AIMS: dict[float, float] = {30.0: 0.97, 300.0: 0.97, 1000.0: 0.9}
SECONDS = int(os.environ.get("BENCH_PUSH_SECONDS", "10"))
# So many at least, so that what begins and ends a campaign does not count as its pace.
LEAST = 600
PACE = 0.98
PEERS = ("a loop", "gather", "aiogram-broadcast", "aiogram-broadcaster", "tgcast")
# As scale.md has it: what a campaign to a country takes.
COUNTRY = 4_500_000
SIZES = """
SELECT pg_total_relation_size('messages') + pg_total_relation_size('deliveries') AS bytes
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """`rate`: messages a second from the first to the last."""

    rate: float
    refused: int
    twice: int
    cpu_ms: float = 0.0
    statements: float = 0.0
    bytes_each: float = 0.0


async def run(report: Report) -> None:
    with scratch():
        for allowed, aim in AIMS.items():
            _tell(report, allowed, aim, await _ours(allowed))
            for peer in PEERS if allowed < 1000 else ():
                theirs = await _theirs(peer, allowed)
                name = f"{peer} at {allowed:.0f}/s"
                limit = f"limit {allowed:.0f}/s"
                report.add(name, theirs.rate, "/s", against=limit, theirs=allowed)
                report.add(f"{name}: refused", theirs.refused, "")


def _tell(report: Report, allowed: float, aim: float, ours: Sent) -> None:
    at = f"at {allowed:.0f}/s"
    limit = f"limit {allowed:.0f}/s"
    report.add(f"sent {at}", ours.rate, "/s", against=limit, theirs=allowed, aim=aim)
    report.add(f"refused {at}", ours.refused, "")
    report.add(
        f"CPU {at}", ours.cpu_ms, "ms", against="limit 1 ms", theirs=1.0, aim=1.0, aim_is="at most"
    )
    report.add(
        f"statements {at}", ours.statements, "a message", against="limit 2", theirs=2.0, aim=1.0,
        aim_is="at most",
    )  # fmt: skip
    report.add(
        f"bytes a recipient {at}", ours.bytes_each, "B", against="limit 350 B", theirs=350.0,
        aim=1.0, aim_is="at most",
    )  # fmt: skip
    report.add(f"hours to {COUNTRY:,} {at}", COUNTRY / ours.rate / 3600, "h")


async def _ours(allowed: float) -> Sent:
    people = max(LEAST, int(allowed * SECONDS))
    url = await postgres.create_database(f"push_{allowed:.0f}", migrated=True)
    await connect(url)
    try:
        ctx = replace(new_context(), clock=utc_now)
        account, _, brand = await shop()
        await audience(ctx, account, brand, people)
        await rows("ANALYZE")
        async with telegram(allowed) as (where, session):
            sent = await _campaign(ctx, where, allowed * PACE, people)
            told = await told_by(session, where)
    finally:
        await disconnect()
    assert told["taken"] == people
    rate = (told["taken"] - 1) / told["seconds"]
    return replace(sent, rate=rate, refused=told["refused"], twice=told["taken"] - told["chats"])


async def _campaign(ctx: Context, where: str, pace: float, people: int) -> Sent:
    campaign = await start_campaign(ctx, CampaignOrder(brand="romashka", text="Кофе дешевле"))
    (before,) = await rows(SIZES)
    while await collect_campaign(campaign):
        continue
    (after,) = await rows(SIZES)
    settings = Settings(bot_api_url=where, bot_token=SecretStr(TOKEN))
    send_campaigns.END_SECONDS = send_campaigns.LOOK_SECONDS
    with _counted() as statements:
        async with open_channels(settings, memory_pacer(pace)) as channels:
            cpu = time.process_time()
            await send_campaign(ctx, channels, campaign)
            cpu = time.process_time() - cpu
    assert await Delivery.filter(state=DeliveryState.DELIVERED).count() == people
    assert (await Campaign.get()).finished_at is not None
    return Sent(
        0, 0, 0, cpu / people * 1000, statements.number / people,
        (after["bytes"] - before["bytes"]) / people,
    )  # fmt: skip


class _Statements:
    """How many are executed, of whatever kind, on any connection of PostgreSQL."""

    def __init__(self) -> None:
        self.number = 0
        self._inner: dict[str, Any] = {}

    def __enter__(self) -> Self:
        from asyncpg import Connection

        for name in ("execute", "fetch", "executemany"):
            inner = self._inner[name] = getattr(Connection, name)
            setattr(Connection, name, self._counting(inner))
        return self

    def __exit__(self, *_: object) -> None:
        from asyncpg import Connection

        for name, inner in self._inner.items():
            setattr(Connection, name, inner)

    def _counting(self, inner: Any) -> Any:
        async def counted(*args: Any, **named: Any) -> Any:
            self.number += 1
            return await inner(*args, **named)

        return counted


def _counted() -> _Statements:
    return _Statements()


async def _theirs(peer: str, allowed: float) -> Sent:
    """As far as it comes in the same time."""
    people = int(allowed * SECONDS)
    async with telegram(allowed) as (where, session):
        arguments = (peer, where, str(allowed * PACE), str(people))
        sender = await started("tests.bench.parts.push_peers", *arguments)
        told = await told_by(session, where)
        while not told["taken"] and sender.returncode is None:
            await asyncio.sleep(0.05)
            told = await told_by(session, where)
        began = time.monotonic()
        while told["taken"] < people and time.monotonic() - began < SECONDS:
            await asyncio.sleep(0.1)
            told = await told_by(session, where)
        took = time.monotonic() - began
        await killed(sender)
    # Of the whole time: who gave up early has sent nothing since.
    return Sent(told["taken"] / took, told["refused"], told["taken"] - told["chats"])
