"""Cards issued per second by the use case beside the bare statements.

PostgreSQL: beside pgbench running the very same statement as a prepared one, both with 8 clients,
on one server with fsync and default durability, on equally filled databases. SQLite: beside the
sqlite3 module in one thread. The people are ready: everything is answered and agreed, and their
applications have been read.
"""

import asyncio
import gc
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import uvloop

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from models.customer import Customer
from tests.bench.harness import Report, alternate, say
from tests.bench.parts import pgbench as _pgbench
from tests.bench.parts import raw_sqlite as _raw_sqlite
from tests.bench.parts.queue import fill, new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "issue"
CLIENTS = 8
EACH = 125  # cards per client and round
ROUND = CLIENTS * EACH
ROUNDS = 5
PEOPLE = ROUND * (ROUNDS + 1)  # the first round warms up
OURS, THEIRS = "bench_karman", "bench_pgbench"


def run(report: Report) -> None:
    """PostgreSQL with an aim, SQLite without one."""
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        on_postgres(report, runner, folder)
        on_sqlite(report, runner, folder)


def on_postgres(report: Report, runner: asyncio.Runner, folder: Path) -> None:
    server, ctx = postgres.lasting_server_url(), new_context()
    desk = runner.run(prepare_postgres(server, ctx))
    measures: dict[str, Callable[[], float]] = {"karman": lambda: runner.run(desk.round())}
    if _pgbench.PROGRAM.exists():
        script = runner.run(_pgbench.claim_script(ctx, desk.people[0], EACH))
        measures["pgbench"] = pgbench_rounds(f"{server}/{THEIRS}", script, folder)
    else:
        say(f"{NAME}: LEFT OUT: no {_pgbench.PROGRAM}, so there is nothing to compare with")
    rates = measured(measures)
    report.add(
        "PostgreSQL, 8 clients",
        rates["karman"],
        "cards/s",
        against="peer pgbench, the same statement",
        theirs=rates.get("pgbench"),
        aim=0.7,
    )
    report.add("PostgreSQL: CPU of our process", desk.milliseconds(), "ms/card")
    runner.run(close())


async def prepare_postgres(server: str, ctx: Context) -> "Desk":
    """Two databases with the same people in them; connected to ours."""
    await postgres.admin(f"CREATE DATABASE {OURS}", server)
    await migrate(f"{server}/{OURS}")
    await connect(f"{server}/{OURS}")
    await fill(ctx, PEOPLE)
    await rows("ANALYZE")
    await disconnect()
    await postgres.copy_database(THEIRS, OURS, server)
    await connect(f"{server}/{OURS}")
    return await Desk.open(ctx)


def pgbench_rounds(url: str, script: _pgbench.Script, folder: Path) -> Callable[[], float]:
    """Anna, number 1, is nobody's turn: the others were made after her."""
    path, first = folder / "claim.sql", iter(range(2, PEOPLE + 2, ROUND))
    path.write_text(script.text)

    def once() -> float:
        values = [f"first={next(first)}", *script.values]
        return _pgbench.rate(url, path, values, clients=CLIENTS, each=EACH)

    return once


def on_sqlite(report: Report, runner: asyncio.Runner, folder: Path) -> None:
    ctx = new_context()
    desk = runner.run(prepare_sqlite(folder, ctx))
    claims = iter(runner.run(_raw_sqlite.claims_of(ctx, desk.people[1:])))
    raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
    raw.execute("PRAGMA synchronous=FULL")
    measures: dict[str, Callable[[], float]] = {
        "karman": lambda: runner.run(desk.round()),
        "raw": lambda: _raw_sqlite.rate(raw, [next(claims) for _ in range(ROUND)]),
    }
    rates = measured(measures)
    report.add(
        "SQLite, 8 clients",
        rates["karman"],
        "cards/s",
        against="limit sqlite3, the same statements",
        theirs=rates["raw"],
    )
    report.add("SQLite: CPU of our process", desk.milliseconds(), "ms/card")
    raw.close()
    runner.run(close())


async def prepare_sqlite(folder: Path, ctx: Context) -> "Desk":
    path = folder / "karman.db"
    await migrate(f"sqlite://{path}")
    await connect(f"sqlite://{path}")
    await fill(ctx, PEOPLE)
    await disconnect()
    shutil.copyfile(path, folder / "raw.db")
    await connect(f"sqlite://{path}")
    return await Desk.open(ctx)


def measured(measures: dict[str, Callable[[], float]]) -> dict[str, float]:
    for warm_up in measures.values():
        warm_up()
    return alternate(measures, ROUNDS)


async def close() -> None:
    """Whatever was measured, everybody has a card and no number went to two people."""
    cards = (await rows("SELECT count(*) AS n, count(DISTINCT barcode_value) AS d FROM cards"))[0]
    assert cards == {"n": PEOPLE, "d": PEOPLE}, cards
    await disconnect()


class Desk:
    """Issues to the next people in line, several at once."""

    def __init__(self, ctx: Context, people: list[Customer]) -> None:
        self.ctx, self.people, self.served = ctx, people, 1
        self.spent: list[float] = []

    @classmethod
    async def open(cls, ctx: Context) -> "Desk":
        return cls(ctx, await Customer.all().order_by("id"))

    async def round(self) -> float:
        """Cards per second."""
        queue = self.people[self.served : self.served + ROUND]
        self.served += ROUND
        ready = [(person, await current_application(self.ctx, person)) for person in queue]
        turn = iter(ready)

        async def client() -> None:
            for person, current in turn:
                outcome = (await issue_cards(self.ctx, person, current))[0]
                assert outcome.new, outcome.refusal

        gc.collect()
        gc.freeze()  # a server does not keep so many people in memory
        start, spent = time.perf_counter(), time.process_time()
        await asyncio.gather(*(client() for _ in range(CLIENTS)))
        self.spent.append(time.process_time() - spent)
        return ROUND / (time.perf_counter() - start)

    def milliseconds(self) -> float:
        """CPU of this process per card: what is left of it is the database's."""
        return statistics.median(self.spent) / ROUND * 1000
