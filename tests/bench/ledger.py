"""Postings of the built-in ledger per second, by the use cases, beside pgbench inserting one row
like a posting's into a table with the same indexes: 8 clients each, on one server with fsync and
default durability. A posting here writes the posting, its entries, its lots, what stands of the
card, the card's balance and the event. Cards are many, as at many tills."""

import asyncio
import random
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import uvloop

from backend.ledger.accrue import accrue
from backend.ledger.card import cards_by_id
from backend.ledger.order import LedgerCard
from backend.ledger.spend import spend
from backend.ledger.verify import sums
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.program import ProcessorKind
from tests.bench.harness import Report, alternate, say
from tests.bench.parts import pgbench as _pgbench
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres
from tests.support.factory.brands import make_account, make_program

NAME = "ledger"
CLIENTS = 8
EACH = 100  # accruals, and as many spends, per client and round
ROUNDS = 3
CARDS = 1000
OURS = "bench_ledger"
INSERT = """
\\set card random(1, 1000000000)
INSERT INTO bench_inserts (card_id, kind, key, digest, amount, reason, actor, door, at)
VALUES (:card, 'spend', 'receipt', repeat('0', 64), 100, 'Coffee', 'operator', 'cli', now());
"""
_keys = count(1)


def run(report: Report) -> None:
    """PostgreSQL alone: SQLite has one writer."""
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        server, ctx = postgres.lasting_server_url(), new_context()
        cards = runner.run(prepare(f"{server}/{OURS}", server, ctx))
        measures: dict[str, Callable[[], float]] = {
            "accrue": lambda: runner.run(postings(ctx, cards, accruing)),
            "spend": lambda: runner.run(postings(ctx, cards, spending)),
        }
        if _pgbench.PROGRAM.exists():
            measures["pgbench"] = inserts(f"{server}/{OURS}", folder)
        else:
            say(f"{NAME}: LEFT OUT: no {_pgbench.PROGRAM}, so there is nothing to compare with")
        for warm_up in measures.values():
            warm_up()
        rates = alternate(measures, ROUNDS)
        for kind in ("accrue", "spend"):
            report.add(
                f"PostgreSQL, 8 clients: {kind}",
                rates[kind],
                "postings/s",
                against="peer pgbench, one row inserted",
                theirs=rates.get("pgbench"),
            )
        runner.run(close())


async def prepare(url: str, server: str, ctx: Context) -> list[LedgerCard]:
    await postgres.admin(f"CREATE DATABASE {OURS}", server)
    await migrate(url)
    await connect(url)
    program = await make_program(await make_account(), processor=ProcessorKind.LEDGER)
    now = ctx.clock()
    await Customer.bulk_create(
        Customer(language="ru", data_key=b"k", created_at=now) for _ in range(CARDS)
    )
    owners = await Customer.all().order_by("id")
    await Card.bulk_create(
        Card(
            customer=owner, program=program, printed_number=str(owner.id),
            barcode_value=str(owner.id), barcode_format=BarcodeFormat.CODE128,
            origin=CardOrigin.ISSUED, created_at=now,
        )
        for owner in owners
    )  # fmt: skip
    await rows("CREATE TABLE bench_inserts (LIKE postings INCLUDING ALL)")
    await rows("ALTER TABLE bench_inserts DROP CONSTRAINT IF EXISTS bench_inserts_card_id_key_key")
    found = await Card.filter(program_id=program.id)
    cards = list((await cards_by_id([card.id for card in found])).values())
    for card in cards:
        await accrue(ctx, card, 1_000_000, f"b{next(_keys)}", "")
    await rows("ANALYZE")
    return cards


async def accruing(ctx: Context, card: LedgerCard) -> None:
    await accrue(ctx, card, 100, f"b{next(_keys)}", "Coffee")


async def spending(ctx: Context, card: LedgerCard) -> None:
    await spend(ctx, card, 100, f"b{next(_keys)}", "Coffee")


async def postings(ctx: Context, cards: list[LedgerCard], does: Callable[..., object]) -> float:
    async def client() -> None:
        for _ in range(EACH):
            await does(ctx, random.choice(cards))  # type: ignore[misc]

    start = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return CLIENTS * EACH / (time.perf_counter() - start)


def inserts(url: str, folder: Path) -> Callable[[], float]:
    path = folder / "insert.sql"
    path.write_text(INSERT)
    return lambda: _pgbench.rate(url, path, [], clients=CLIENTS, each=EACH)


async def close() -> None:
    """Whatever was measured, every sum holds."""
    assert not [each async for each in sums() if each.wrong()]
    await disconnect()
