"""20,000 `CardIssued` at once for one real worker process: reactions a second, memory, and that
each ended well and once. PostgreSQL with Valkey; SQLite with the queue in memory.

The peer is a loop written by hand (_bare_worker.py) with the same final writes and requests.
"""

import asyncio
import multiprocessing
import os
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from backend.outbox.backlog import counts
from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from tests.bench.harness import Report
from tests.bench.parts import bare_worker as _bare_worker
from tests.bench.parts.announced import REACTIONS, announce, fill
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.machine import valkey
from tests.support.machine.processes import ROOT

NAME = "worker"
EVENTS = int(os.environ.get("BENCH_WORKER_EVENTS", "20000"))
# Of the peer a part is enough: it has no queue that could grow.
BARE = min(EVENTS, 1000) * len(REACTIONS)
POLL_SECONDS = 0.5
MOST_MEGABYTES = 16.0
POSTGRES_AIM, SQLITE_AIM = 500.0, 300.0


@dataclass(slots=True)
class Drained:
    """`grown`: megabytes from a tenth of the way to the end."""

    reactions: int
    seconds: float
    cpu: float
    grown: float


def run(report: Report) -> None:
    with scratch() as folder:
        on_postgres(report, folder)
        on_sqlite(report, folder)


def on_postgres(report: Report, folder: Path) -> None:
    server = postgres.lasting_server_url()
    queue = f"{valkey.server_url()}/0"
    for name in ("drained", "bare"):
        uvloop.run(postgres.admin(f"CREATE DATABASE {name}", server))
    drained = uvloop.run(_drained(f"{server}/drained", queue, folder / "postgres"))
    bare = uvloop.run(_bare(f"{server}/bare"))
    _tell(report, "PostgreSQL", drained, bare, POSTGRES_AIM)


def on_sqlite(report: Report, folder: Path) -> None:
    drained = uvloop.run(_drained(f"sqlite://{folder}/own.db", "memory://", folder / "sqlite"))
    bare = uvloop.run(_bare(f"sqlite://{folder}/bare.db"))
    _tell(report, "SQLite", drained, bare, SQLITE_AIM)


def _tell(report: Report, engine: str, drained: Drained, bare: float, aim: float) -> None:
    rate = drained.reactions / drained.seconds
    report.add(
        f"{engine}: {EVENTS:,} cards at once", rate, "react/s",
        against="peer a bare loop, the same writes", theirs=bare,
    )  # fmt: skip
    report.add(
        f"{engine}: the same", rate, "react/s", against=f"limit {aim:g} a second", theirs=aim, aim=1
    )
    report.add(f"{engine}: CPU of the worker", drained.cpu / drained.reactions * 1000, "ms/react")
    report.add(
        f"{engine}: memory grown on the way", drained.grown, "MB", against="limit flat",
        theirs=MOST_MEGABYTES, aim=1, aim_is="at most",
    )  # fmt: skip


async def _drained(url: str, queue: str, data: Path) -> Drained:
    """The worker has come up and done one card when the others are announced."""
    await migrate(url)
    await connect(url)
    first, *others = await fill(EVENTS + 1)
    await announce([first])
    async with NotingTelegram() as telegram, _worker(url, queue, data, telegram) as process:
        await telegram.has_sent(1)
        cpu = _cpu_seconds(process.pid)
        began = time.perf_counter()
        await announce(others)
        await telegram.has_sent(EVENTS // 10)
        before = _megabytes(process.pid)
        await _drained_to_the_last(process)
        seconds, cpu = time.perf_counter() - began, _cpu_seconds(process.pid) - cpu
        grown = _megabytes(process.pid) - before
        assert max(telegram.sent.values()) == 1
        assert len(telegram.sent) == EVENTS + 1
    await _all_is_well()
    reactions = (await rows("SELECT count(*) AS n FROM outbox_deliveries"))[0]["n"]
    await disconnect()
    return Drained(reactions, seconds, cpu, grown)


async def _drained_to_the_last(process: Process) -> None:
    left = True
    while left:
        await asyncio.sleep(POLL_SECONDS)
        assert process.returncode is None, "the worker ended"
        left = any((await counts()).values())


async def _all_is_well() -> None:
    people = EVENTS + 1
    for statement, expected in (
        ("SELECT count(*) AS n FROM outbox_deliveries WHERE done_at IS NULL", 0),
        ("SELECT count(*) AS n FROM outbox_deliveries WHERE attempts > 1 AND coalesce_key = ''", 0),
        ("SELECT count(*) AS n FROM deliveries WHERE state = 'delivered'", people),
        ("SELECT count(*) AS n FROM cards WHERE hidden", people),
        ("SELECT count(*) AS n FROM number_waits", 0),
        ("SELECT count(*) AS n FROM consent_links", people * 3),
    ):
        found = (await rows(statement))[0]["n"]
        assert found == expected, (statement, found, expected)


async def _bare(url: str) -> float:
    await migrate(url)
    await connect(url)
    await announce(await fill(EVENTS))
    await disconnect()
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    async with NotingTelegram() as telegram:
        process = multiprocessing.get_context("spawn").Process(
            target=_bare_worker.rate, args=(url, telegram.url, BARE, theirs)
        )
        process.start()
        theirs.close()
        rate = await asyncio.to_thread(ours.recv)
        process.join()
    return float(rate)


@asynccontextmanager
async def _worker(
    url: str, queue: str, data: Path, telegram: NotingTelegram
) -> AsyncIterator[Process]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.cli.main", "worker", cwd=ROOT, stdout=DEVNULL,
        env=clean | {
            "KARMAN_DATABASE_URL": url,
            "KARMAN_REDIS_URL": queue,
            "KARMAN_DATA_DIR": str(data),
            "KARMAN_BOT_API_URL": telegram.url,
            "KARMAN_BOT_TOKEN": TOKEN,
            "KARMAN_MESSAGES_PER_SECOND": "1000",
            "KARMAN_LOG_LEVEL": "warning",
        },
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
