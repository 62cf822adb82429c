"""A million card numbers, assignments and balances by a file, from its first byte to the job's end:
beside COPY of the same numbers into the same table, which checks nothing and reports nothing. How
much memory the process takes meanwhile is said, too."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from backend.cli.lean_memory import give_back
from backend.jobs.kinds import KINDS
from backend.jobs.read_piece import Ahead
from backend.jobs.receive import JobOrder, receive
from backend.jobs.steer_job import start_job
from backend.jobs.work_piece import work_piece
from backend.platform.context import OPERATOR, Context
from backend.platform.database import connect, disconnect, rows
from backend.platform.door import CLI
from backend.platform.migrate import migrate
from catalog.symbologies.symbol_rules import check_digit
from models.barcode_format import BarcodeFormat
from models.job import Job, JobForm, JobKind, JobState
from models.program import Program
from tests.bench.harness import Report
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.support.database import postgres
from tests.support.factory.brands import make_account, make_offer, make_program

NAME = "jobs"
# Fewer, to try it.
ROWS = int(os.environ.get("KARMAN_BENCH_ROWS", "1000000"))
WARM = 20_000
CHUNK = 64 * 1024
OURS = "bench_jobs"
MOST_SECONDS = 60.0
MOST_MB = 30.0
_PEOPLE = """
INSERT INTO customers (language, data_key, source, created_at)
SELECT 'ru', 'k'::bytea, '', now() FROM generate_series(1, $1::int)
"""
_CARDS = """
INSERT INTO cards (customer_id, program_id, printed_number, barcode_value, barcode_format, origin,
    status, hidden, tier, source, created_at)
SELECT c.id, n.program_id, n.printed_number, n.barcode_value, 'ean13', 'issued', 'active', FALSE,
    '', '', now()
FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM pool_numbers WHERE program_id = $1) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place FROM customers) c USING (place)
"""


def number(value: int) -> str:
    digits = f"{value:012}"
    return digits + check_digit(digits)


def run(report: Report) -> None:
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(on_postgres(report, postgres.lasting_server_url(), folder))


async def on_postgres(report: Report, server: str, folder: Path) -> None:
    url = f"{server}/{OURS}"
    await postgres.admin(f"CREATE DATABASE {OURS}", server)
    await migrate(url)
    await connect(url)
    ctx = new_context().acting(OPERATOR, CLI)
    account = await make_account()
    programs = [
        await make_program(account, f"p-{name}", numbers=0, barcode_format=BarcodeFormat.EAN13)
        for name in ("warm", "ours", "copy")
    ]
    file = folder / "numbers.csv"
    write_numbers(file, WARM)
    await worked(ctx, programs[0], JobKind.NUMBERS, file)
    give_back()
    write_numbers(file, ROWS)
    await rows("ANALYZE")
    took, memory = await worked(ctx, programs[1], JobKind.NUMBERS, file)
    copied = await copy(url, programs[2], folder)
    report.add(
        f"{ROWS:,} numbers", ROWS / took, "rows/s",
        against="peer COPY, same table and indexes", theirs=ROWS / copied, aim=0.5,
    )  # fmt: skip
    report.add(
        f"{ROWS:,} numbers", took, "s",
        against="limit a minute", theirs=MOST_SECONDS, aim=1, aim_is="at most",
    )  # fmt: skip
    add_memory(report, memory)
    await assignments(report, ctx, programs[2], folder)
    await balances(report, ctx, programs[1], folder)
    await disconnect()


async def assignments(report: Report, ctx: Context, program: Program, folder: Path) -> None:
    """Numbers of the pool for customers whom nobody knows yet."""
    await make_offer(program, "gift")
    await rows("ANALYZE")
    file = folder / "customers.csv"
    with file.open("w") as out:
        out.write("own_id;phone\n")
        out.writelines(f"crm-{value};+7916{value:07}\n" for value in range(ROWS))
    took, memory = await worked(ctx, program, JobKind.ASSIGNMENTS, file)
    report.add(f"{ROWS:,} assignments", ROWS / took, "rows/s")
    add_memory(report, memory)


async def balances(report: Report, ctx: Context, program: Program, folder: Path) -> None:
    await rows(_PEOPLE, [ROWS])
    await rows(_CARDS, [program.id])
    await rows("ANALYZE")
    file = folder / "balances.csv"
    with file.open("w") as out:
        out.write("number;balance;tier\n")
        out.writelines(f"{number(value)};{value % 9000}.50;gold\n" for value in range(ROWS))
    took, memory = await worked(ctx, program, JobKind.CARDS, file)
    report.add(f"{ROWS:,} balances and tiers", ROWS / took, "rows/s")
    add_memory(report, memory)


def add_memory(report: Report, memory: float) -> None:
    report.add(
        "memory more than before", memory, "MB",
        against="limit 30 MB", theirs=MOST_MB, aim=1, aim_is="at most",
    )  # fmt: skip


def write_numbers(file: Path, howmany: int) -> None:
    with file.open("w") as out:
        out.write("printed_number\n")
        out.writelines(f"{number(value)}\n" for value in range(howmany))


async def worked(ctx: Context, program: Program, kind: JobKind, file: Path) -> tuple[float, float]:
    """Seconds, and by how many megabytes the process has grown at most."""
    before = resident()
    forget_the_most()
    start = time.perf_counter()
    order = JobOrder(program.account_id, kind, JobForm.CSV, program=program)
    job = await start_job(ctx, await receive(ctx, order, KINDS[kind], chunks(file)))
    ahead = Ahead()
    while await work_piece(ctx, ahead):
        continue
    took = time.perf_counter() - start
    job = await Job.get(id=job.id)
    assert (job.state, job.done) == (JobState.DONE, job.lines), (job.state, job.reason, job.bad)
    return took, resident("VmHWM") - before


async def chunks(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


async def copy(url: str, program: Program, folder: Path) -> float:
    """Seconds of COPY, with the lines made before."""
    file, now = folder / "copy.txt", "2026-11-27 12:00:00+00"
    with file.open("w") as out:
        for value in range(ROWS):
            printed = number(value)
            out.write(f"{program.id}\t{printed}\t{printed}\tfree\t{now}\t\n")
    connection: Any = await asyncpg.connect(url)
    try:
        start = time.perf_counter()
        await connection.copy_to_table(
            "pool_numbers", source=str(file),
            columns=["program_id", "printed_number", "barcode_value", "status", "changed_at",
                     "reason"],
        )  # fmt: skip
        return time.perf_counter() - start
    finally:
        await connection.close()


def forget_the_most() -> None:
    """The kernel keeps the most from now on."""
    Path("/proc/self/clear_refs").write_text("5")


def resident(line: str = "VmRSS") -> float:
    """Megabytes now, or (VmHWM) at most."""
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{line}:")[1].split()[0]) / 1024
