"""`karman up` at its second start, at rest and after 2,000 updates: memory, CPU, the time to the
page and to the end."""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uvloop

from tests.bench.harness import Report
from tests.bench.parts.scratch import scratch
from tests.bench.taps import at_work, crowd, karman, screens

NAME = "memory"
ROOT = Path(__file__).parents[2]
AT_REST_MB, AFTER_MB = 140.0, 160.0
AIM_SECONDS = 2.0
UPDATES, AT_ONCE = 2000, 20
SETTLE_SECONDS = 10.0
REST_SECONDS = 10.0


def run(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _stop(_up(folder)[0])
        process, seconds = _up(folder)
        try:
            time.sleep(SETTLE_SECONDS)
            _measure(report, process.pid, seconds)
        finally:
            stopped = _stop(process)
    report.add("stop on SIGTERM", stopped, "s", against="limit 3 s", theirs=3.0, aim=1.0,
               aim_is="at most")  # fmt: skip
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        used = runner.run(_used(folder))
    report.add(f"the same after {UPDATES:,} updates", used, "MB", against="limit 160 MB",
               theirs=AFTER_MB, aim=1.0, aim_is="at most")  # fmt: skip


async def _used(folder: Path) -> float:
    """On every screen, of many people, each picture drawn and sent up once."""
    url, key = f"sqlite://{folder / 'memory.db'}", os.urandom(32)
    people = await crowd(url, key)
    async with at_work(people, folder, karman("SQLite", url, key)) as bot:
        turns = itertools.cycle(screens(people).values())
        left = UPDATES
        while left > 0:
            ids, spell = next(turns)
            some = list(ids)[: min(left, 100)]
            await bot.each(some, spell, AT_ONCE)
            left -= len(some)
        await asyncio.sleep(SETTLE_SECONDS)
        return _resident_mb(bot.process.pid)


def _measure(report: Report, pid: int, seconds: float) -> None:
    report.add("start to the address", seconds, "s", against="limit 2 s", theirs=AIM_SECONDS,
               aim=1.0, aim_is="at most")  # fmt: skip
    report.add("resident memory at rest", _resident_mb(pid), "MB", against="limit 140 MB",
               theirs=AT_REST_MB, aim=1.0, aim_is="at most")  # fmt: skip
    before = _cpu_seconds(pid)
    time.sleep(REST_SECONDS)
    share = (_cpu_seconds(pid) - before) / REST_SECONDS * 100
    report.add("processor at rest", share, "% of a core")


def _up(folder: str) -> tuple[subprocess.Popen[str], float]:
    """The process, and the seconds that it says it took."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "backend.cli.main", "up"],
        cwd=ROOT,
        env=clean
        | {
            "KARMAN_DATA_DIR": folder,
            "KARMAN_LISTEN": "127.0.0.1:0",
            "KARMAN_SANDBOX_LISTEN": "127.0.0.1:0",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    if "is up in" not in line:
        process.kill()
        raise RuntimeError(f"karman up said: {line!r}")
    return process, float(line.split(" in ")[1].split(" s")[0])


def _stop(process: subprocess.Popen[str]) -> float:
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    return time.monotonic() - began


def _resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
