"""Reads files in worker processes, so that no file can block or exhaust the bot.

One way for all that people send: photos and PDF files with barcodes, exports of other wallets,
pictures to be kept with a card.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from math import ceil
from types import TracebackType
from typing import Self

from backend.exchange.shapes import FileRefused, Imported
from backend.platform.watch.log import get_log
from backend.reading.files.open_file import MAX_BYTES, refusal_at_sight
from backend.reading.frames import BadFrame, Frame
from backend.reading.hand import Hand
from backend.reading.process import Process
from backend.reading.reading_frames import read_reading
from backend.reading.result import FileRefused as Gone
from backend.reading.result import Reading, Unreadable
from backend.reading.turns import Busy, Turns

PATIENCE = 10
_LIFE = 500
"""Files after which a process is replaced: whatever a decoder leaks goes with it."""
log = get_log(__name__)

_AS_EXPORT = {
    Unreadable.BUSY: "busy",
    Unreadable.TOO_DEMANDING: "too_demanding",
    Unreadable.DAMAGED: "broken",
}
Hear = Callable[[Frame], None]


class Reader:
    """One or two processes, started when the first file comes, and a bounded line.

    `seconds` of CPU is what one file may take in all before its process is ended, `budget_seconds`
    what the reading of barcodes itself aims at. By the clock it may take PATIENCE times as long: on
    a busy machine a process that stands back has but a share. `who` sent the file: a person who has
    used much waits behind those who have not. Close it, or use it as an async context manager.
    """

    def __init__(
        self,
        *,
        processes: int = 1,
        waiting: int = 16,
        seconds: float = 12.0,
        budget_seconds: float = 5.0,
    ) -> None:
        self.hand = Hand()
        self._turns = Turns(processes, waiting)
        self._seconds = seconds
        self._budget = budget_seconds
        self._processes = [Process() for _ in range(processes)]
        self._free = list(self._processes)
        self._closed = False

    async def read(self, data: bytes, *, who: int | None = None) -> Reading:
        """The barcodes of a picture or a PDF. Always answers; what went wrong is in `refused`."""
        refused = refusal_at_sight(data)
        if refused is not None:
            return Reading(refused=refused)
        began = time.monotonic()
        heard: list[Reading] = []
        try:
            job = Frame({"job": "barcodes", "budget": self._budget}, data)
            await self._ask(job, who, lambda frame: heard.append(read_reading(frame)))
        except Gone as gone:
            return Reading(refused=gone.code, ms=round(1000 * (time.monotonic() - began)))
        return heard[-1]

    async def cards(
        self,
        data: bytes,
        password: str | None = None,
        *,
        who: int | None = None,
        language: str = "ru",
    ) -> Imported:
        """The cards of another wallet's file or link; a pass speaks `language` if it can. Raises
        FileRefused of exchange.shapes."""
        from backend.reading.card_frames import HeardCards  # noqa: PLC0415

        if len(data) > MAX_BYTES:
            raise FileRefused("too_large", "the file is larger than 20 MB")
        heard = HeardCards()
        try:
            job = Frame({"job": "cards", "password": password, "language": language}, data)
            await self._ask(job, who, heard.hear)
        except Gone as gone:
            raise FileRefused(_AS_EXPORT[gone.code], "the file could not be read") from gone
        return heard.whole()

    async def picture(self, data: bytes, *, who: int | None = None) -> bytes:
        """A picture as it is kept: an upright JPEG of at most 300 KB. Raises FileRefused of
        reading.result."""
        if len(data) > MAX_BYTES:
            raise Gone(Unreadable.TOO_LARGE)
        heard: list[Frame] = []
        await self._ask(Frame({"job": "picture"}, data), who, heard.append)
        refused = heard[-1].head.get("refused")
        if refused is not None:
            raise Gone(Unreadable(refused))
        return heard[-1].blob

    async def job(self, job: Frame) -> Frame:
        """A job with one answer, of those that backend/reading/ has beside these. Raises
        FileRefused of reading.result."""
        heard: list[Frame] = []
        await self._ask(job, None, heard.append)
        return heard[-1]

    async def frames(self, job: Frame, hear: Hear) -> None:
        """A job of those, with an answer in several frames. Raises FileRefused of reading.result,
        and what `hear` raises."""
        await self._ask(job, None, hear)

    async def _ask(self, job: Frame, who: int | None, hear: Hear) -> None:
        """Raises FileRefused of reading.result with busy or too_demanding, and what `hear`
        raises."""
        try:
            async with self._turns.turn(who):
                if self._closed:
                    raise Busy
                process = self._free.pop()
                try:
                    await self._ask_in(process, job, hear)
                finally:
                    self._free.append(process)
        except Busy as busy:
            raise Gone(Unreadable.BUSY) from busy

    async def _ask_in(self, process: Process, job: Frame, hear: Hear) -> None:
        try:
            await process.start()
            within = PATIENCE * self._seconds
            async with asyncio.timeout(within), aclosing(process.ask(self._bounded(job))) as answer:
                async for frame in answer:
                    _check(frame)
                    hear(frame)
        except (TimeoutError, OSError, EOFError, BadFrame) as gone:
            # Too slow, or a decoder died of the file.
            await process.kill()
            raise Gone(Unreadable.TOO_DEMANDING) from gone
        except BaseException:
            await process.kill()  # in the middle of a message: it cannot be used again
            raise
        if process.files >= _LIFE or _exhausted(frame):
            await process.kill()

    def _bounded(self, job: Frame) -> Frame:
        # A whole second more: the kernel counts in whole ones.
        return Frame({**job.head, "seconds": 1 + ceil(self._seconds)}, job.blob)

    async def close(self) -> None:
        """Ends the processes; who still waits is answered with `busy` or `too_demanding`."""
        self._closed = True
        for process in self._processes:
            await process.kill()

    @property
    def pids(self) -> list[int]:
        """Of the processes that run."""
        return [pid for process in self._processes if (pid := process.pid) is not None]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _check(frame: Frame) -> None:
    """Raises FileRefused for what ended a job before it was done."""
    failed = frame.head.get("failed")
    if failed == "memory":
        raise Gone(Unreadable.TOO_DEMANDING)
    if failed is not None:
        log.error("a file has found a bug in its reader", place=str(failed)[:120])
        raise Gone(Unreadable.DAMAGED)


def _exhausted(frame: Frame) -> bool:
    """A process that came near its limits leaves nothing to be sure of."""
    reading = frame.head.get("reading") or {}
    return bool(reading.get("refused") == Unreadable.TOO_DEMANDING)
