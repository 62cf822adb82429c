"""What a request of the partner API costs among a thousand cards, and among a million.

By the clock, so that the database's work counts, too: PostgreSQL with fsync and default durability,
a database and a server process for each, asked by turns. Read are the same questions about somebody
in the middle; written are points, cards and numbers of a program of which a number for each four
cards was used before. BENCH_API_GROWTH_PEOPLE: four cards each.
"""

import asyncio
import os
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from models.account import Account
from models.card import Card
from models.offer import Offer
from models.program import ProcessorKind, Program
from tests.bench.harness import Report
from tests.bench.http import Server, server
from tests.bench.parts import writing
from tests.bench.parts.people import SHOPS, add_people, make_shops
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "api_growth"
FEW, MANY = 250, int(os.environ.get("BENCH_API_GROWTH_PEOPLE", "250000"))
ROUNDS = 5
Asked = Callable[[], Coroutine[Any, Any, float]]
_SHOP = f"/api/v1/programs/club{SHOPS - 1}"
_RIGHTS = frozenset(Right) - {Right.OPERATOR}
# Of each that takes numbers, in each round and before them.
NUMBERS = 4 * (ROUNDS + 1) * writing.CLIENTS * writing.EACH + 1000


@dataclass(frozen=True, slots=True)
class Town:
    """`people` of it are customers of the first shop, whose points we keep; of the last shop
    numbers were used. `keys` are of these two."""

    url: str
    ctx: Context
    people: int
    keys: tuple[str, str]
    card: Card
    offer: Offer

    def reads(self) -> Mapping[str, str]:
        card = self.card
        return {
            "read a card": f"/api/v1/cards/{card.id}",
            "find a card by its number": f"/api/v1/cards?number={card.printed_number}",
            "read a customer": f"/api/v1/customers/{card.customer_id}",
            "a page of 50 cards": "/api/v1/cards?limit=50",
            "a page of 50 customers": "/api/v1/customers?limit=50",
        }


def run(report: Report) -> None:
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        lasting = postgres.lasting_server_url()
        towns = [runner.run(settled(people, lasting)) for people in (FEW, MANY)]
        few, many = measured(towns, runner, folder)
    for name, rate in many.items():
        report.add(
            f"PostgreSQL, {4 * MANY:,} cards: {name}", rate, "/s",
            against=f"limit the same among {4 * FEW:,} cards", theirs=few[name], aim=0.8,
        )  # fmt: skip


async def settled(people: int, lasting: str) -> Town:
    name = f"bench_api_growth_{people}"
    await postgres.admin(f"CREATE DATABASE {name}", lasting)
    url = f"{lasting}/{name}"
    await migrate(url)
    await connect(url)
    await make_shops()
    await Program.filter(id=1).update(processor=ProcessorKind.LEDGER, ledger={})
    ctx = new_context()
    orders = [KeyOrder(account, "bench", _RIGHTS) for account in (1, SHOPS)]
    first, last = [(await issue_key(ctx, order)).text for order in orders]
    now = f"'{ctx.clock().isoformat(' ')}'"
    await add_people(1, FEW, now)
    # What triggers ask is planned anew once a few are known.
    await add_people(FEW + 1, people, now)
    await writing.may_be_written_to(SHOPS, NUMBERS)
    card = await Card.filter(program_id=1, customer_id=people // 2).get()
    offer = await Offer.get(brand__program_id=SHOPS)
    assert await Account.exists(id=SHOPS)
    await disconnect()
    return Town(url, ctx, people, (first, last), card, offer)


def measured(towns: list[Town], runner: asyncio.Runner, folder: Path) -> list[Mapping[str, float]]:
    """What each does in a second, by turns: a noisy minute hits both."""
    taken = [defaultdict[str, list[float]](list) for _ in towns]
    with ExitStack() as stack:
        sites = [stack.enter_context(server(folder / "log", "karman", t.url)) for t in towns]
        asks = [asked(town, site) for town, site in zip(towns, sites, strict=True)]
        for turn in range(ROUNDS + 1):
            for name in asks[0]:
                for place in range(len(towns)):
                    rate = runner.run(asks[place][name]())
                    if turn:
                        taken[place][name].append(rate)
    return [{name: statistics.median(rates) for name, rates in each.items()} for each in taken]


def asked(town: Town, site: Server) -> Mapping[str, Asked]:
    """By the question, how to ask it for a while."""
    first, last = town.keys
    head = f"Authorization: Bearer {first}\r\n"
    post = partial(writing.posted, site.port)
    return {
        **{name: partial(_read, site, path, head) for name, path in town.reads().items()},
        "assign a card": partial(post, last, _assignment),
        "reserve a number": partial(post, last, _reservation),
        "accrue points": partial(post, first, partial(_accrual, town)),
        "issue a card of the pool": partial(_issued, town),
    }


async def _read(site: Server, path: str, head: str) -> float:
    return (await site.rate(path, head))[1]


def _assignment(number: int) -> tuple[str, Any]:
    return f"{_SHOP}/assignments", {"own_id": f"crm-{number}", "phone": "+79161234567"}


def _reservation(_number: int) -> tuple[str, Any]:
    return f"{_SHOP}/numbers/reservations", {"minutes": 30}


def _accrual(town: Town, number: int) -> tuple[str, Any]:
    card = 4 * random.randint(1, town.people)
    return f"/api/v1/cards/{card}/ledger/accrue", {"amount": "150.00", "key": f"b{number}"}


async def _issued(town: Town) -> float:
    await connect(town.url)
    try:
        return await writing.issued(town.ctx, town.offer, SHOPS, SHOPS)
    finally:
        await disconnect()
