"""How many files the code enters on the way of one tap: what a reader has to open to follow it.

Each way is walked once in the sandbox on SQLite while a profiler writes down every call (and
every time a coroutine goes on). Counted are the files of the product, without the sandbox that
stands in for Telegram: how many, how many functions, and how often the next call is in another
file than the one before.
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from backend.messaging.registry import open_channels
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.settings import Settings, load_settings
from backend.reactions import reactions
from backend.worker.run import run_worker
from bot.run import run_bot
from catalog.symbologies.symbol_rules import check_digit
from models.barcode_format import BarcodeFormat
from models.card import Card
from models.outbox import OutboxEvent
from tests.bench.harness import Report
from tests.bench.parts.queue import new_context
from tests.bench.parts.scratch import scratch
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import fill, find_offer, get_card, look_over, tick
from tests.support.database.street import create_street
from tests.support.machine.running import OpenGate, in_background
from tests.support.pictures.plastic import plastic
from tests.support.source import PRODUCT, ROOT

NAME = "traces"
# What the ways entered before the rooms were drawn: files, changes of file.
BEFORE = {
    "issue → first question": (40, 331),
    "agree → card": (57, 639),
    "card → welcome in the chat": (59, None),
    "withdraw personal data": (42, 316),
    "photo → which brand": (49, 701),
}
FILES = 40 / 57
CHANGES = 0.5


@dataclass(slots=True)
class Trail:
    """Calls of the product's code while the profiler is on."""

    code: dict[CodeType, str | None] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    functions: set[CodeType] = field(default_factory=set)
    changes: int = 0
    last: str = ""

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        if event != "call":
            return
        code = frame.f_code
        if code not in self.code:
            self.code[code] = _of_product(code.co_filename)
        path = self.code[code]
        if path is None:
            return
        self.files.add(path)
        self.functions.add(code)
        self.changes += path != self.last
        self.last = path


def _of_product(filename: str) -> str | None:
    try:
        path = Path(filename).relative_to(ROOT).as_posix()
    except ValueError:
        return None
    return path if path.startswith(PRODUCT) and not path.startswith("bot/sandbox/") else None


async def followed(walk: Callable[[], Awaitable[object]]) -> Trail:
    trail = Trail()
    sys.setprofile(trail)
    try:
        await walk()
    finally:
        sys.setprofile(None)
    return trail


async def run(report: Report) -> None:
    with scratch() as folder:
        ways = await _without_worker(folder) | await _with_worker(folder)
    for name, trail in ways.items():
        files, changes = BEFORE[name]
        _told(report, f"{name}: files", len(trail.files), "files", files, FILES)
        if changes is not None:
            _told(report, f"{name}: changes of file", trail.changes, "times", changes, CHANGES)
        report.add(f"{name}: functions", len(trail.functions), "functions")


def _told(report: Report, what: str, found: int, unit: str, before: int, aim: float) -> None:
    against = "peer itself before the rooms"
    report.add(what, found, unit, against=against, theirs=before, aim=aim, aim_is="at most")


async def _without_worker(folder: Path) -> dict[str, Trail]:
    """The taps alone, so that no schedule is counted with them."""
    found: dict[str, Trail] = {}
    async with _town(folder, "taps") as (telegram, _, _):
        anna = telegram.person("Анна")
        await anna.start()
        await find_offer(anna, "Лукоград")
        found["issue → first question"] = await followed(
            lambda: _tapped(anna, "Выпустить карту", "Анкета")
        )
        await fill(anna)
        await look_over(anna)
        await tick(anna, "Персональные данные", "Правила программы", "Telegram")
        found["agree → card"] = await followed(lambda: _tapped(anna, "Согласиться", "Карта готова"))
        await anna.tap("Ещё")
        await anna.tap("Согласия и квитанция")
        await anna.until("— согласия")
        await _tapped(anna, "Отозвать согласие на данные", "Уйдёт карта")
        found["withdraw personal data"] = await followed(
            lambda: _tapped(anna, "Да, отозвать", "отозвано")
        )
        boris = telegram.person("Борис")
        await boris.start()
        body = str(int((await Card.get()).barcode_value[:-1]) + 77)
        picture = plastic((BarcodeFormat.EAN13, body + check_digit(body)))

        async def photo() -> None:
            await boris.send_photo(picture)
            await boris.until("Похоже на карту", timeout=30)

        found["photo → which brand"] = await followed(photo)
    return found


async def _with_worker(folder: Path) -> dict[str, Trail]:
    async with _town(folder, "worker") as (telegram, settings, ctx):
        anna = telegram.person("Анна")
        await anna.start()
        await get_card(anna, "Лукоград", "Telegram")

        told = await OutboxEvent.get(kind="CardIssued")
        unseen = {**told.payload, "shown": False}
        await OutboxEvent.create(kind=told.kind, payload=unseen, at=ctx.clock())

        async def welcomed() -> None:
            async with (
                open_channels(settings, OpenGate(), ctx.clock) as channels,
                in_background(run_worker(settings, ctx, reactions(channels, ctx.clock))),
            ):
                await anna.until("на кассе — карта всегда", timeout=30)

        return {"card → welcome in the chat": await followed(welcomed)}


async def _tapped(person: Person, label: str, shown: str) -> None:
    await person.tap(label)
    await person.until(shown)


@asynccontextmanager
async def _town(folder: Path, name: str) -> AsyncIterator[tuple[Telegram, Settings, Context]]:
    """The demo brands, the bot at work, a Telegram with people."""
    ctx = new_context()
    url = await create_street("sqlite", folder / f"{name}.db", "")
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(Telegram(folder / name))
        settings = load_settings(
            bot_token=telegram.token, bot_api_url=telegram.url, database_url=url, data_dir=folder
        )
        await connect(url)
        stack.push_async_callback(disconnect)
        await stack.enter_async_context(in_background(run_bot(settings, ctx, OpenGate())))
        yield telegram, settings, ctx
