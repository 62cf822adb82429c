"""Cards assigned over HTTP, and one card read, beside their limits.

Assign: 8 clients, each on a connection of its own, at one server process and PostgreSQL with fsync
and default durability; the peer sends the very statement that sets a number aside and writes the
assignment down, its event and its line of the audit trail, by asyncpg, 8 connections, one statement
a transaction. Over HTTP those who ask meanwhile share a transaction
(docs/decisions/0029-done-together.md): seven statements, with those that look up key and program,
for all of them. What is left is what each takes for itself, some ten times the CPU of hello-JSON
before any statement: the request is read and checked (a phone as a phone), its customer sealed and
indexed, its links signed, its answer sealed and kept. All of that is one process, where the peer
has eight of PostgreSQL's at work, so that the aim of 0.7 takes a machine with cores to spare. Both
work on pools of their own in one database, by the clock.

Read: requests per second of the server's own CPU time, beside the barest hello-JSON of aiohttp,
and beside the same handler once it has asked PostgreSQL for key and card. That is the limit: a key
is looked up with every request, so that one that is revoked ends at once, though by one statement
for all who ask meanwhile; hello itself comes to little more than 0.4 with these two. Without
statements a card takes four times the CPU of hello: a quarter is hello itself, an eighth what every
page takes (id, metric, line of the log, counted client, headers), the rest the operation (key,
limit, route, query, card, ETag), where nothing takes more than six in a hundred. So the aim of 0.4
lies beyond it.
"""

import asyncio
import statistics
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import asyncpg
import uvloop

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.key_text import read_key_text
from backend.access.rights import Right
from backend.cards.assign.named import Named, own_index
from backend.cards.assign.pool_number import AT_ONCE
from backend.cards.assign.token import new_nonce
from backend.cards.assign.written import Wanted
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from backend.platform.watch.audit import who_acts
from models.program import Program
from tests.bench.harness import Report
from tests.bench.http import Server, server
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.bench.parts.writing import CLIENTS, paced, posted
from tests.support.database import postgres
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone

NAME = "assign"
EACH, ROUNDS = 60, 5
SECONDS = 1.5
NUMBERS = CLIENTS * EACH * (ROUNDS + 2)
DATABASE = "bench_assign"
_ids = count(1)


@dataclass(frozen=True, slots=True)
class Shop:
    """`theirs` is the program of the peer."""

    ctx: Context
    key: str
    theirs: Program
    card_id: int

    @property
    def card(self) -> str:
        return f"/api/v1/cards/{self.card_id}"

    @property
    def statements(self) -> str:
        """The same at the peer that does nothing but ask for it."""
        key = read_key_text(self.key)
        assert key is not None
        return f"/read/{key.public_id}/{self.theirs.account_id}/{self.card_id}"


def run(report: Report) -> None:
    """PostgreSQL alone: SQLite has one writer."""
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        lasting = postgres.lasting_server_url()
        url = f"{lasting}/{DATABASE}"
        shop = runner.run(prepare(url, lasting))
        log = folder / "log"
        with server(log, "karman", url) as site:
            runner.run(_assign(report, shop, site, url))
            with server(log, "hello") as bare, server(log, "statements", url) as limit:
                runner.run(_read(report, shop, {"hello": bare, "limit": limit, "site": site}))
        runner.run(disconnect())


async def prepare(url: str, lasting: str) -> Shop:
    await postgres.admin(f"CREATE DATABASE {DATABASE}", lasting)
    await migrate(url)
    await connect(url)
    ctx, account = new_context(), await make_account("lavka")
    theirs = await make_program(account, "theirs", numbers=NUMBERS)
    ours = await make_program(account, "ours", numbers=NUMBERS + 1)
    offers = [await make_offer(each, each.key) for each in (ours, theirs)]
    (outcome,) = await issued(ctx, await someone(ctx, 1), offers[:1])
    assert outcome.card is not None
    rights = frozenset({Right.ASSIGNMENTS, Right.CARDS_READ})
    issued_key = await issue_key(ctx, KeyOrder(account.id, "bench", rights))
    await rows("ANALYZE")
    return Shop(ctx, issued_key.text, theirs, outcome.card.id)


async def _assign(report: Report, shop: Shop, site: Server, url: str) -> None:
    pool = await asyncpg.create_pool(url, min_size=CLIENTS, max_size=CLIENTS)

    async def by_statement(_client: int) -> None:
        async with pool.acquire() as wire:
            assert await wire.fetch(AT_ONCE, *values(shop))

    taken: dict[str, list[float]] = {"http": [], "statement": []}
    for place in range(ROUNDS + 1):
        over_http = await posted(site.port, shop.key, _assignment, EACH)
        alone = await paced(by_statement, EACH)
        if place:
            taken["http"].append(over_http)
            taken["statement"].append(alone)
    rates = {name: statistics.median(found) for name, found in taken.items()}
    report.add(
        "PostgreSQL, 8 clients: assign over HTTP", rates["http"], "/s",
        against="peer asyncpg, the same statement alone", theirs=rates["statement"], aim=0.7,
    )  # fmt: skip
    await pool.close()


def _assignment(number: int) -> tuple[str, Any]:
    return "/api/v1/programs/ours/assignments", {"own_id": f"crm-{number}", "phone": "+79161234567"}


def values(shop: Shop) -> list[object]:
    ctx, named = shop.ctx, Named(f"crm-{next(_ids)}", "+79161234567")
    wanted = Wanted(
        program=shop.theirs,
        nonce=new_nonce(),
        own_index=own_index(ctx.vault, shop.theirs.account_id, named.own_id),
        indexes=named.indexes(ctx.vault),
        sealed=named.seal(ctx.vault),
        at=ctx.clock(),
        expires_at=ctx.clock() + timedelta(days=30),
    )
    return [*wanted.values(), shop.theirs.account_id, *who_acts(ctx)]


async def _read(report: Report, shop: Shop, servers: dict[str, Server]) -> None:
    """Alternating rounds: a noisy minute hits everybody."""
    key = f"Authorization: Bearer {shop.key}\r\n"
    asks = {"hello": ("/hello", ""), "limit": (shop.statements, ""), "site": (shop.card, key)}
    taken: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(ROUNDS):
        for name, asked_for in asks.items():
            taken[name].append((await servers[name].rate(*asked_for))[0])
    rates = {name: statistics.median(found) for name, found in taken.items()}
    report.add(
        "read one card", rates["site"], "/CPU-s",
        against="peer bare hello-JSON", theirs=rates["hello"], aim=0.4,
    )  # fmt: skip
    report.add(
        "read one card", rates["site"], "/CPU-s",
        against="limit hello-JSON after the same two statements", theirs=rates["limit"],
    )  # fmt: skip
