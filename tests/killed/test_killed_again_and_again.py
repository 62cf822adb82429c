"""kill -9 at any moment, hundreds of times, while a CDP assigns cards, posts points, sends files
and is told by webhooks: whatever was answered holds, nothing is done twice, nothing is missed."""

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.ledger.verify import sums
from backend.platform.clock import utc_now
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.platform.secrets.key_file import load_or_make_key_file
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.webhooks.subscribe import WebhookOrder, subscribe
from models.account import Account
from models.api_answer import ApiAnswer
from models.assignment import Assignment
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.ledger import Posting
from models.pool_number import PoolNumber
from models.program import ProcessorKind, Program
from tests.killed.partner import SEVERAL, Cdp
from tests.killed.product import product
from tests.support.contexts import context
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.factory.brands import add_numbers, make_account, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.machine.servers import free_port
from tests.support.machine.waiting import until
from tests.webhooks.endpoint import Endpoint, standing

pytestmark = pytest.mark.slow
AT_ONCE = 6
CARDS = 20
# Of the long series.
KILLS, THINGS = int(os.environ.get("KILLS", "300")), int(os.environ.get("THINGS", "10000"))


@pytest.fixture
async def settings(
    database_url: str, engine: str, valkey_url: str, tmp_path: Path
) -> AsyncIterator[dict[str, str]]:
    async with NotingTelegram() as telegram:
        yield {
            "KARMAN_DATABASE_URL": database_url,
            "KARMAN_REDIS_URL": "memory://" if engine == "sqlite" else valkey_url,
            "KARMAN_DATA_DIR": str(tmp_path),
            "KARMAN_LISTEN": f"127.0.0.1:{free_port()}",
            "KARMAN_BOT_API_URL": telegram.url,
            "KARMAN_BOT_TOKEN": TOKEN,
            "KARMAN_API_PER_SECOND": "10000",
        }


@pytest.fixture
async def ctx(database: str, tmp_path: Path) -> Context:
    """With the keys that the product has."""
    key, _ = load_or_make_key_file(tmp_path)
    return context(await open_vault(MasterKeys(key), utc_now())).acting(OPERATOR, CLI)


async def cards_of(ctx: Context, program: Program) -> list[Card]:
    return [
        await Card.create(
            customer=await someone(ctx), program=program, printed_number=f"7{program.id}{n:06d}",
            barcode_value=f"7{program.id}{n:06d}", barcode_format=BarcodeFormat.CODE128,
            origin=CardOrigin.ISSUED, created_at=ctx.clock(),
        )
        for n in range(CARDS)
    ]  # fmt: skip


async def cdp_of(ctx: Context, account: Account, address: str, numbers: int) -> Cdp:
    club = await make_program(account, "club")
    await add_numbers(club, SEVERAL * numbers)
    await make_offer(club, "club")
    points = await make_program(account, "points", processor=ProcessorKind.LEDGER)
    everything = frozenset(Right) - {Right.OPERATOR}
    key = await issue_key(ctx, KeyOrder(account.id, "cdp", everything))
    return Cdp(
        address,
        key.text,
        [card.id for card in await cards_of(ctx, points)],
        [card.printed_number for card in await cards_of(ctx, club)],
        random.Random(1),
    )


async def series(ctx: Context, settings: Mapping[str, str], kills: int, things: int) -> Cdp:
    """Whatever the moments of the kills, which no seed repeats, must hold."""
    account = await make_account("lavka")
    cdp = await cdp_of(ctx, account, f"http://{settings['KARMAN_LISTEN']}", things)
    endpoint = Endpoint()
    async with standing(endpoint) as url:
        host = url.split("/")[2]
        hook = await subscribe(ctx, WebhookOrder(account.id, url), frozenset({host}))
        endpoint.secret = hook.secret
        whole = {**settings, "KARMAN_WEBHOOKS_HTTP_HOSTS": host}
        async with product(whole) as running, cdp.session() as http:
            killing = asyncio.create_task(running.killed_at_random(random.Random(2), kills))
            await asyncio.gather(*(cdp.work(http, things) for _ in range(AT_ONCE)))
            await killing
            cdp.kills = running.kills
            feed = await everything_told(cdp, http, endpoint)
    await check_all(cdp, feed, endpoint)
    return cdp


async def everything_told(
    cdp: Cdp, http: aiohttp.ClientSession, endpoint: Endpoint
) -> list[dict[str, Any]]:
    """The feed, when all that was done is in it, and the webhook has told all of it."""
    wanted = len(cdp.assigned) + len(cdp.listed) + len(cdp.posted) + len(cdp.jobs)
    feed = await cdp.feed(http)
    while len(feed) < wanted:
        feed = await grown(lambda: cdp.feed(http), len(feed), "the feed")
    told = {change["seq"] for change in feed}

    async def heard() -> list[int]:
        return list(told & {message["data"]["seq"] for _, message in endpoint.got})

    known = await heard()
    while len(known) < len(told):
        known = await grown(heard, len(known), "the webhook")
    return feed


async def grown(look: Callable[[], Awaitable[list[Any]]], known: int, what: str) -> list[Any]:
    """However much there is to tell, something of it comes all the time."""
    found: list[Any] = []

    async def more() -> bool:
        nonlocal found
        await asyncio.sleep(0.2)
        found = await look()
        return len(found) > known

    await until(more, f"more of {what} than {known}")
    return found


async def check_all(cdp: Cdp, feed: list[dict[str, Any]], endpoint: Endpoint) -> None:
    await check_assigned(cdp)
    await check_posted(cdp)
    await check_files(cdp)
    await check_feed(cdp, feed)
    check_webhook(feed, endpoint)


async def check_assigned(cdp: Cdp) -> None:
    """Every answer holds, no number twice, and none is lost."""
    rows = {row.id: row for row in await Assignment.all()}
    assert len(rows) == len(cdp.assigned) + len(cdp.listed), "one for each that was asked"
    for told in cdp.assigned:
        assert rows[told["id"]].printed_number == told["number"]
    assert len({row.printed_number for row in rows.values()}) == len(rows)
    answered = Counter([row.created_at for row in await ApiAnswer.all()])
    assert max(answered.values()) > 1, "some were done in one transaction"
    pool = Counter([row.status.value for row in await PoolNumber.all()])
    assert pool["free"] + len(rows) == sum(pool.values()), pool


async def check_posted(cdp: Cdp) -> None:
    posted = await Posting.all()
    assert len(posted) == len({(row.card_id, row.key) for row in posted}) == len(cdp.posted)
    assert {row.id for row in posted} == {told["id"] for _, _, _, told in cdp.posted}
    balances = Counter[int]()
    for card, kind, amount, _ in cdp.posted:
        balances[card] += amount if kind == "accrue" else -amount
    found = {one.card_id: one.available async for one in sums()}
    assert {card: much // 100 for card, much in found.items()} == {
        card: balances[card] for card in found
    }
    assert set(balances) == set(found)


async def check_files(cdp: Cdp) -> None:
    for job in cdp.jobs:
        assert (job["state"], job["bad"], job["read"]) == ("done", 0, job["lines"]), job
    held = Counter([row.printed_number for row in await PoolNumber.all()])
    assert {held[number] for number in cdp.given} <= {1}
    cards = await Card.filter(printed_number__in=list(cdp.balances) or [""])
    assert {card.printed_number: f"{card.balance:.2f}" for card in cards} == cdp.balances


async def check_feed(cdp: Cdp, feed: list[dict[str, Any]]) -> None:
    seqs = [change["seq"] for change in feed]
    assert seqs == sorted(set(seqs))
    assigned = Counter(
        change["data"]["assignment"] for change in feed if change["type"] == "card.assigned"
    )
    assert assigned == Counter([row.id for row in await Assignment.all()])
    points = Counter(
        change["data"]["posting"] for change in feed if change["type"].startswith("points.")
    )
    assert points == Counter(told["id"] for _, _, _, told in cdp.posted)


def check_webhook(feed: list[dict[str, Any]], endpoint: Endpoint) -> None:
    """Everything at least once, always under the same id, and in order for each customer."""
    ids: dict[int, set[str]] = {}
    firsts: dict[Any, list[int]] = {}
    for name, message in endpoint.got:
        seq = message["data"]["seq"]
        if seq not in ids:
            firsts.setdefault(message["data"].get("customer"), []).append(seq)
        ids.setdefault(seq, set()).add(name)
    assert set(ids) == {change["seq"] for change in feed}
    assert {len(names) for names in ids.values()} == {1}
    for customer, seqs in firsts.items():
        if customer is not None:
            assert seqs == sorted(seqs)


@pytest.mark.sample("postgres")
async def test_killed_four_times(ctx: Context, settings: dict[str, str]) -> None:
    await series(ctx, settings, kills=4, things=420)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_killed_three_hundred_times(ctx: Context, settings: dict[str, str]) -> None:
    cdp = await series(ctx, settings, KILLS, THINGS)
    print(cdp.told())  # noqa: T201
    assert cdp.repeated > 0, "no answer was lost: the series tells nothing"
