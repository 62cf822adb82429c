"""Taps per second of one bot process, beside the barest aiogram bot on the very same Bot API.

PostgreSQL: `karman bot` with Valkey; SQLite: `karman up`, everything in one process. A tap is done
when its screen stands and its button spins no more. The Bot API is this process and has no limits;
the pace is set as wide as the settings allow, and there are many more people than tap at once. The
bare bot answers from one SELECT with one edited message. Rates are by the clock and by the
processor time of the bot alone, in rounds taken in turn: on a busy machine trust the latter.
"""

import asyncio
import base64
import itertools
import os
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import uvloop

from backend.cli.verbs.brands.demo import load_demo_once
from backend.platform.clock import utc_now
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from bot.taps.browse import Catalog, OpenOffer
from bot.taps.home import Home
from bot.taps.issue import ConsentMark
from bot.taps.pocket import Cards, OpenCard
from tests.bench.harness import Report, say
from tests.bench.parts.bot_api import BOT_ID, TOKEN, BotApi, Tapper
from tests.bench.parts.crowd import Crowd, fill
from tests.bench.parts.scratch import scratch
from tests.support.contexts import context
from tests.support.database import postgres
from tests.support.machine import valkey

NAME = "taps"
ROOT = Path(__file__).parents[2]
AT_ONCE, MANY_AT_ONCE = 50, 500
FEW, PICTURED, MANY = 500, 200, 100
ROUNDS = int(os.environ.get("BENCH_TAPS_ROUNDS", "5"))
SECONDS = float(os.environ.get("BENCH_TAPS_SECONDS", "1.5"))
ENGINES = os.environ.get("BENCH_TAPS_ENGINES", "PostgreSQL SQLite").split()
AIMS = {
    "home": 0.5,
    "catalog": 0.5,
    "consent tick": 0.5,
    "offer": 0.5,
    "card": 0.5,
    "wallet of 250": 0.4,
}
PEER = "peer bare aiogram + one SELECT"
Spell = Callable[[Tapper], str]


def run(report: Report) -> None:
    with scratch() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for engine in ENGINES:
            runner.run(_on(report, engine, folder))


async def _on(report: Report, engine: str, folder: Path) -> None:
    url = f"sqlite://{folder / 'taps.db'}"
    if engine == "PostgreSQL":
        server = postgres.lasting_server_url()
        await postgres.admin("CREATE DATABASE bench_taps", server)
        url = f"{server}/bench_taps"
    key = os.urandom(32)
    people = await crowd(url, key)
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(at_work(people, folder, karman(engine, url, key)))
        bare = await stack.enter_async_context(at_work(people, folder, _bare(url)))
        await _measure(report, engine, ours, bare, people)


async def crowd(url: str, key: bytes) -> Crowd:
    await migrate(url)
    await connect(url)
    try:
        ctx = context(await open_vault(MasterKeys(key), utc_now()))
        await load_demo_once(ctx)
        return await fill(ctx, BOT_ID, FEW, PICTURED, MANY)
    finally:
        await disconnect()


@dataclass(frozen=True, slots=True)
class Started:
    """How a bot is started; `{api}` among the arguments is where its Bot API is."""

    arguments: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)


def karman(engine: str, url: str, key: bytes) -> Started:
    together = {"KARMAN_LISTEN": "127.0.0.1:0"}
    scaled = {"KARMAN_REDIS_URL": f"{valkey.server_url()}/1"}
    environment = {
        "KARMAN_DATABASE_URL": url,
        "KARMAN_MASTER_KEY": base64.b64encode(key).decode(),
        "KARMAN_BOT_TOKEN": TOKEN,
        "KARMAN_BOT_API_URL": "{api}",
        "KARMAN_MESSAGES_PER_SECOND": "1000",
        **(scaled if engine == "PostgreSQL" else together),
    }
    verb = "bot" if engine == "PostgreSQL" else "up"
    return Started(("-m", "backend.cli.main", verb), environment)


def _bare(url: str) -> Started:
    return Started(("-m", "tests.bench.parts.bare_bot", url, "{api}"))


class _Bot:
    """A bot of its own process, and the people who tap at it."""

    def __init__(self, process: psutil.Process, api: BotApi) -> None:
        self.process, self.api = process, api

    def cpu(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    async def closed(
        self, ids: Sequence[int], spell: Spell, at_once: int, seconds: float
    ) -> list[float]:
        """So many people at once, each time the next of them: seconds of each tap."""
        line = deque(self.api.people[each] for each in ids)
        until, taken = time.perf_counter() + seconds, list[float]()

        async def one() -> None:
            while time.perf_counter() < until:
                person = line.popleft()
                taken.append(await self.api.tap(person, spell(person)))
                line.append(person)

        await asyncio.gather(*(one() for _ in range(at_once)))
        return taken

    async def each(self, ids: Sequence[int], spell: Spell, at_once: int) -> None:
        """Everybody taps once."""
        line = deque(self.api.people[each] for each in ids)

        async def one() -> None:
            while line:
                person = line.popleft()
                await self.api.tap(person, spell(person))

        await asyncio.gather(*(one() for _ in range(at_once)))

    async def open(
        self, ids: Sequence[int], spell: Spell, rate: float, seconds: float
    ) -> list[float]:
        """So many taps a second, whether the ones before were answered or not."""
        line = itertools.cycle([self.api.people[each] for each in ids])
        began, tasks = time.perf_counter(), list[asyncio.Task[float]]()
        for place in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + place / rate - time.perf_counter()))
            person = next(line)
            tasks.append(asyncio.create_task(self.api.tap(person, spell(person))))
        return list(await asyncio.gather(*tasks))


@asynccontextmanager
async def at_work(crowd: Crowd, folder: Path, started: Started) -> AsyncIterator[_Bot]:
    people = {each: Tapper(each) for each in (*crowd.few, *crowd.pictured, *crowd.many)}
    home = folder / f"home-{os.urandom(4).hex()}"
    async with BotApi(people) as api:
        process = _start(home, started, api.url)
        try:
            async with asyncio.timeout(60):
                await api.asked.wait()
            yield _Bot(psutil.Process(process.pid), api)
        except BaseException:
            say(_said(home))
            raise
        finally:
            process.terminate()
            # It ends its long poll with us: we must go on answering meanwhile.
            await asyncio.to_thread(process.wait, 30)


def _start(home: Path, started: Started, api: str) -> "subprocess.Popen[bytes]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KARMAN_")}
    given = {name: value.format(api=api) for name, value in started.environment.items()}
    arguments = [value.format(api=api) for value in started.arguments]
    home.mkdir()
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**clean, **given, "KARMAN_DATA_DIR": str(home)},
            stdout=log,
            stderr=log,
        )


def _said(home: Path) -> str:
    return (home / "log").read_text()[-3000:]


def screens(crowd: Crowd) -> dict[str, tuple[Sequence[int], Spell]]:
    """Who taps, and what; every screen has people of its own, so that a text never follows a
    picture."""

    def tick(person: Tapper) -> str:
        on = bool(person.taps % 2)
        return ConsentMark(account=crowd.account, document=crowd.document, on=on).pack()

    offers = crowd.offers
    return {
        "home": (crowd.few, lambda _: Home().pack()),
        "catalog": (crowd.few, lambda person: Catalog(page=person.taps % 2).pack()),
        "consent tick": (crowd.few, tick),
        "offer": (crowd.pictured, lambda p: OpenOffer(id=offers[p.taps % len(offers)]).pack()),
        "card": (crowd.pictured, lambda person: OpenCard(id=crowd.cards[person.id]).pack()),
        "wallet of 250": (crowd.many, lambda person: Cards(page=person.taps % 3).pack()),
    }


@dataclass(slots=True)
class _Taken:
    rates: list[float] = field(default_factory=list)
    of_cpu: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(self.rates)

    @property
    def per_cpu(self) -> float:
        return statistics.median(self.of_cpu)


async def _measure(report: Report, engine: str, ours: _Bot, bare: _Bot, people: Crowd) -> None:
    shown = screens(people)
    for screen in shown.values():
        # Caches, connections and pictures: each card is drawn and sent up once.
        await ours.each(*screen, AT_ONCE)
    taken = {name: _Taken() for name in ("bare", *shown)}
    for _ in range(ROUNDS):
        await _round(taken["bare"], bare, shown["home"])
        for name, screen in shown.items():
            await _round(taken[name], ours, screen)
    theirs = taken.pop("bare")
    report.add(f"{engine}: {PEER.removeprefix('peer ')}", theirs.per_cpu, "/CPU-s")
    for name, found in taken.items():
        report.add(f"{engine}: {name}, {AT_ONCE} at once", found.rate, "taps/s", against=PEER,
                   theirs=theirs.rate, aim=AIMS[name])  # fmt: skip
        report.add(f"{engine}: {name}", found.per_cpu, "/CPU-s", against=PEER,
                   theirs=theirs.per_cpu, aim=AIMS[name])  # fmt: skip
    await _waits(report, engine, ours, shown, taken)


async def _round(taken: _Taken, bot: _Bot, screen: tuple[Sequence[int], Spell]) -> None:
    began, before = time.perf_counter(), bot.cpu()
    taps = len(await bot.closed(*screen, AT_ONCE, SECONDS))
    taken.rates.append(taps / (time.perf_counter() - began))
    taken.of_cpu.append(taps / (bot.cpu() - before))


async def _waits(
    report: Report,
    engine: str,
    bot: _Bot,
    shown: dict[str, tuple[Sequence[int], Spell]],
    taken: dict[str, _Taken],
) -> None:
    for name in ("home", "card"):
        _, p95 = _middle(await bot.open(*shown[name], taken[name].rate / 2, 4 * SECONDS))
        report.add(f"{engine}: {name}, half load, p95", p95, "ms", against="limit 100 ms",
                   theirs=100, aim=1, aim_is="at most")  # fmt: skip
    p50, p95 = _middle(await bot.closed(*shown["home"], MANY_AT_ONCE, 4 * SECONDS))
    report.add(f"{engine}: home, {MANY_AT_ONCE} at once, p95", p95, "ms",
               against="peer its own p50", theirs=p50, aim=2, aim_is="at most")  # fmt: skip


def _middle(seconds: list[float]) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20)
    return cuts[9] * 1000, cuts[18] * 1000
