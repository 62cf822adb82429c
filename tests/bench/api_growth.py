"""What a request of the partner API costs among a thousand cards, and among a million.

By the clock, so that the database's work counts, too: PostgreSQL with fsync and default durability,
one server process, the same questions about somebody in the middle.
"""

import asyncio
import statistics
from collections.abc import Mapping

import uvloop

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from models.account import Account
from models.card import Card
from tests.bench.harness import Report
from tests.bench.http import Server, server
from tests.bench.parts.people import add_people, make_shops
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "api_growth"
DATABASE = "bench_api_growth"
# Four cards each.
FEW, MANY = 250, 250_000
ROUNDS = 5


def run(report: Report) -> None:
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        lasting = postgres.lasting_server_url()
        url = f"{lasting}/{DATABASE}"
        ctx, key = runner.run(prepared(url, lasting))
        with server(folder / "log", "karman", url) as site:
            few = runner.run(measured(ctx, site, key, 0, FEW))
            many = runner.run(measured(ctx, site, key, FEW, MANY))
        runner.run(disconnect())
    for name, rate in many.items():
        report.add(
            f"PostgreSQL, 1,000,000 cards: {name}", rate, "/s",
            against="limit the same among 1,000 cards", theirs=few[name], aim=0.8,
        )  # fmt: skip


async def prepared(url: str, lasting: str) -> tuple[Context, str]:
    await postgres.admin(f"CREATE DATABASE {DATABASE}", lasting)
    await migrate(url)
    await connect(url)
    await make_shops()
    ctx, account = new_context(), await Account.get(id=1)
    rights = frozenset(Right) - {Right.OPERATOR}
    return ctx, (await issue_key(ctx, KeyOrder(account.id, "bench", rights))).text


async def measured(
    ctx: Context, site: Server, key: str, there: int, people: int
) -> Mapping[str, float]:
    """Answers a second, by the question."""
    await add_people(there + 1, people, f"'{ctx.clock().isoformat(' ')}'")
    card = await Card.filter(program_id=1, customer_id=people // 2).first()
    assert card is not None
    asks = {
        "read a card": f"/api/v1/cards/{card.id}",
        "find a card by its number": f"/api/v1/cards?number={card.printed_number}",
        "read a customer": f"/api/v1/customers/{card.customer_id}",
        "a page of 50 cards": "/api/v1/cards?limit=50",
        "a page of 50 customers": "/api/v1/customers?limit=50",
    }
    head = f"Authorization: Bearer {key}\r\n"
    taken: dict[str, list[float]] = {name: [] for name in asks}
    for turn in range(ROUNDS + 1):
        for name, path in asks.items():
            rate = (await site.rate(path, head))[1]
            if turn:
                taken[name].append(rate)
    return {name: statistics.median(found) for name, found in taken.items()}
