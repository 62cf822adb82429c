"""Reads files in worker processes, so that no file can block or exhaust the bot."""

import asyncio
import contextlib
import os
import struct
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.passes.reading.open_file import refusal_at_sight
from backend.passes.reading.result import Reading, Unreadable
from backend.passes.reading.worker_process import LENGTH, unpack

_ROOT = Path(__file__).resolve().parents[3]
_PIECE = 256 * 1024
_START_SECONDS = 30.0
_LONGEST_ANSWER = 8 * 1024 * 1024
"""Bytes; a pipe that is never paused always notices the end of its process."""
_LIFE = 500
"""Files after which a process is replaced: whatever a decoder leaks goes with it."""


class Reader:
    """One or two processes, started when the first file comes, and a bounded queue.

    `seconds` is what one file may take in all before its process is killed, `budget_seconds`
    what the reading itself aims at. Close it, or use it as an async context manager.
    """

    def __init__(
        self,
        *,
        processes: int = 1,
        waiting: int = 16,
        seconds: float = 12.0,
        budget_seconds: float = 5.0,
    ) -> None:
        self._most = processes + waiting
        self._seconds = seconds
        self._budget = budget_seconds
        self._held = 0
        self._free: asyncio.LifoQueue[_Process] = asyncio.LifoQueue()
        self._processes = [_Process() for _ in range(processes)]
        for process in self._processes:
            self._free.put_nowait(process)
        self._closed = False

    async def read(self, data: bytes) -> Reading:
        """Always answers; what went wrong is in `refused`."""
        refused = refusal_at_sight(data)
        if refused is not None:
            return Reading(refused=refused)
        if self._closed or self._held >= self._most:
            return Reading(refused=Unreadable.BUSY)
        self._held += 1
        try:
            process = await self._free.get()
            try:
                return await self._read_in(process, data)
            finally:
                self._free.put_nowait(process)
        finally:
            self._held -= 1

    async def _read_in(self, process: "_Process", data: bytes) -> Reading:
        if self._closed:
            return Reading(refused=Unreadable.BUSY)
        began = time.monotonic()
        try:
            await process.start()
            async with asyncio.timeout(self._seconds):
                reading = await process.read(data, self._budget)
        except (TimeoutError, OSError, EOFError):
            # Too slow, or a decoder died of the file.
            await process.kill()
            ms = round(1000 * (time.monotonic() - began))
            return Reading(refused=Unreadable.TOO_DEMANDING, ms=ms)
        except BaseException:
            await process.kill()  # in the middle of a message: it cannot be used again
            raise
        if process.files >= _LIFE or reading.refused is Unreadable.TOO_DEMANDING:
            await process.kill()
        return reading

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


class _Process:
    """A worker process and its pipes; started anew after it was killed."""

    def __init__(self) -> None:
        self._running: asyncio.subprocess.Process | None = None
        self.files = 0

    @property
    def pid(self) -> int | None:
        return self._running.pid if self._running else None

    async def start(self) -> None:
        """Raises OSError or TimeoutError when no process comes up."""
        if self._running is not None and self._running.returncode is None:
            return
        await self.kill()
        self._running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "backend.passes.reading.worker_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            limit=_LONGEST_ANSWER,
        )
        self.files = 0
        async with asyncio.timeout(_START_SECONDS):
            await self._message()

    async def read(self, data: bytes, budget_seconds: float) -> Reading:
        assert self._running is not None
        pipe = self._running.stdin
        assert pipe is not None
        self.files += 1
        pipe.write(LENGTH.pack(len(data) + 8) + struct.pack(">d", budget_seconds))
        for place in range(0, len(data), _PIECE):
            pipe.write(data[place : place + _PIECE])
            await pipe.drain()
        return unpack(await self._message())

    async def _message(self) -> bytes:
        assert self._running is not None
        pipe = self._running.stdout
        assert pipe is not None
        (length,) = LENGTH.unpack(await pipe.readexactly(LENGTH.size))
        return await pipe.readexactly(length)

    async def kill(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        if running.stdin is not None:
            running.stdin.close()
        await running.wait()


def _environment() -> dict[str, str]:
    """Nothing secret: the process handles what strangers send."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    paths = [str(_ROOT), *(path for path in sys.path if path)]
    return {**kept, "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)), "PYTHONUTF8": "1"}
