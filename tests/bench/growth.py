"""What every schedule does in one round when there is nothing to do, among 10³ to 10⁵ people
(BENCH_GROWTH_PEOPLE=1000000 for a million): milliseconds, and by which power they grow. Which
schedules there are stands in parts/rounds.py, held to the product by tests/architecture.
BENCH_GROWTH_ENGINE: SQLite or PG alone."""

import asyncio
import math
import os
import statistics
import time
from collections.abc import Mapping

import uvloop

from backend.consents.sweep import extend_all_chains
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from models.chain_mark import ChainMark
from tests.bench.harness import Report, say
from tests.bench.parts.people import add_people, make_shops
from tests.bench.parts.queue import new_context
from tests.bench.parts.rounds import Round, rounds_of
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres

NAME = "growth"
FIRST = 1000
PEOPLE = int(os.environ.get("BENCH_GROWTH_PEOPLE", "100000"))
ENGINE = os.environ.get("BENCH_GROWTH_ENGINE", "")
ROUNDS = 9
MOST_MILLISECONDS, MOST_POWER = 20.0, 0.1
# Below a millisecond nothing is called growth.
FLOOR = 1.0


def run(report: Report) -> None:
    with scratch() as folder:
        if ENGINE != "SQLite":
            on_postgres(report)
        if ENGINE != "PG":
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
    last, before = (max(min(found[people][name]), FLOOR) for people in sorted(found)[:-3:-1])
    return max(0.001, math.log10(last / before))


async def _measured(url: str) -> dict[int, dict[str, list[float]]]:
    await migrate(url)
    await connect(url)
    ctx, there, found = new_context(), 0, {}
    await make_shops()
    people, rounds = FIRST, rounds_of(ctx)
    while people <= PEOPLE:
        began = time.perf_counter()
        await add_people(there + 1, people, f"'{ctx.clock().isoformat(' ')}'")
        say(f"{people:,} people after {time.perf_counter() - began:.0f} s more")
        for _ in range(3):  # marks follow, statements are prepared
            await _settled(rounds)
        found[people] = await _taken(rounds)
        there, people = people, people * 10
    await disconnect()
    return found


async def _settled(rounds: Mapping[str, Round]) -> None:
    for name, each in rounds.items():
        while (more := await each()) is True or (more and name.startswith("retention")):
            continue
    # The mark of the chains follows when whatever ran meanwhile on the server has ended.
    newest = (await rows("SELECT max(id) AS id FROM consent_records"))[0]["id"]
    async with asyncio.timeout(120):
        while (await ChainMark.get()).linked_up_to < newest:
            await asyncio.sleep(0.2)
            await extend_all_chains()


async def _taken(rounds: Mapping[str, Round]) -> dict[str, list[float]]:
    """All of them in turn: one after another, a moment in which the machine is busy would be in
    every figure of the same schedule, and be called growth."""
    taken: dict[str, list[float]] = {name: [] for name in rounds}
    for _ in range(ROUNDS):
        for name, each in rounds.items():
            began = time.perf_counter()
            await each()
            taken[name].append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0)
    return taken
