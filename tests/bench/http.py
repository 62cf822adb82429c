"""The site's pages beside the barest hello-JSON that aiohttp can say.

Each server is a process of its own; 16 clients at once keep their connections and ask in turn,
the log is on, the catalog has 10,000 offers. What is compared is requests per second of the
server's own CPU time: the load is made on the same two cores.
"""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from backend.platform.database import connect, disconnect, rows
from backend.platform.migrate import migrate
from tests.bench.harness import Report
from tests.bench.parts import big_catalog as big
from tests.bench.parts.scratch import scratch

NAME = "http"
ROOT = Path(__file__).parents[2]
CLIENTS, SECONDS, ROUNDS = 16, 1.5, 5
PAGES = {
    "/healthz": None,
    "/static/site.css": None,
    "/": 0.4,
    "/privacy": 0.4,
    "/offers": 0.4,
    "/offers?q=кофе": None,
    "/e/nobody": None,
}


def run(report: Report) -> None:
    with scratch() as folder:
        url = f"sqlite://{folder / 'http.db'}"
        asyncio.run(_fill(url))
        log = folder / "log"
        with server(log, "hello") as bare, server(log, "karman", url) as site:
            _measure(report, bare, site)


async def _fill(url: str) -> None:
    await migrate(url)
    await connect(url)
    await big.fill()
    await rows("ANALYZE")
    await disconnect()


def _measure(report: Report, bare: "Server", site: "Server") -> None:
    """Alternating rounds: a noisy minute hits everybody."""
    taken: dict[str, list[tuple[float, float]]] = {path: [] for path in ("/hello", *PAGES)}
    for _ in range(ROUNDS):
        for path, rates in taken.items():
            asks = bare if path == "/hello" else site
            rates.append(asyncio.run(asks.rate(path)))
    of_cpu = {path: statistics.median(cpu for cpu, _ in rates) for path, rates in taken.items()}
    of_wall = {path: statistics.median(wall for _, wall in rates) for path, rates in taken.items()}
    hello = of_cpu.pop("/hello")
    report.add("bare hello-JSON", hello, "/CPU-s")
    for path, aim in PAGES.items():
        report.add(
            path, of_cpu[path], "/CPU-s", against="peer bare hello-JSON", theirs=hello, aim=aim
        )
    report.add(
        "/offers by the clock",
        of_wall["/offers"],
        "/s",
        against="peer bare hello-JSON",
        theirs=of_wall["/hello"],
    )


class Server:
    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self._process = psutil.Process(process.pid)
        self.port = urlsplit(address).port

    async def rate(self, path: str, more: str = "") -> tuple[float, float]:
        """Answers per second of the server's CPU time, and by the clock. `more`: lines of the
        head."""
        began, before = time.perf_counter(), self._cpu()
        counts = await asyncio.gather(
            *(self._ask(path, more, began + SECONDS) for _ in range(CLIENTS))
        )
        return sum(counts) / (self._cpu() - before), sum(counts) / (time.perf_counter() - began)

    def _cpu(self) -> float:
        spent = self._process.cpu_times()
        return float(spent.user + spent.system)

    async def _ask(self, path: str, more: str, until: float) -> int:
        """One client on one connection. The status is looked at, the body is only read."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        quoted = "".join(
            c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in path
        )
        head = (
            f"GET {quoted} HTTP/1.1\r\nHost: karman.example\r\nAccept-Encoding: gzip\r\n{more}\r\n"
        )
        expected = b"404" if path.startswith("/e/") else b"200"
        answers = 0
        while time.perf_counter() < until:
            writer.write(head.encode())
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.split(b" ", 2)[1] == expected, answer
            await reader.readexactly(_length(answer))
            answers += 1
        writer.close()
        return answers


def _length(head: bytes) -> int:
    lines = head.decode().lower().split("\r\n")
    return next(int(line.partition(":")[2]) for line in lines if line.startswith("content-length"))


@contextmanager
def server(log: Path, *arguments: str) -> Iterator[Server]:
    with log.open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.parts.http_process", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        if not address:
            raise RuntimeError(log.read_text()[-2000:])
        yield Server(process, address)
    finally:
        process.terminate()
        process.wait(10)
