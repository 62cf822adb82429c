"""A worker process and its pipes; started when it is needed, and anew after it was killed."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

from backend.reading.frames import LENGTH, LONGEST_ANSWER, BadFrame, Frame, packed, unpacked

_ROOT = Path(__file__).resolve().parents[2]
_PIECE = 256 * 1024
_START_SECONDS = 120.0


class Process:
    """One at a time may ask it."""

    def __init__(self) -> None:
        self._running: asyncio.subprocess.Process | None = None
        self.files = 0

    @property
    def pid(self) -> int | None:
        return self._running.pid if self._running else None

    async def start(self) -> None:
        """Raises OSError or TimeoutError when no process comes up."""
        if self._running is not None and not _has_ended(self._running):
            return
        await self.kill()
        self._running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "backend.reading.worker_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            # A pipe that is never paused always notices the end of its process.
            limit=2 * LONGEST_ANSWER,
        )
        self.files = 0
        async with asyncio.timeout(_START_SECONDS):
            await self._frame(LONGEST_ANSWER)

    async def ask(self, job: Frame) -> AsyncGenerator[Frame]:
        """The frames of the answer, with a pause for everybody else between them. Raises
        EOFError or OSError when the process dies of the file, BadFrame for nonsense."""
        assert self._running is not None
        pipe = self._running.stdin
        assert pipe is not None
        self.files += 1
        message = packed(job)
        for place in range(0, len(message), _PIECE):
            pipe.write(message[place : place + _PIECE])
            await pipe.drain()
        left = LONGEST_ANSWER
        while True:
            frame, length = await self._frame(left)
            left -= length
            yield frame
            if frame.last:
                return
            await asyncio.sleep(0)

    async def _frame(self, most: int) -> tuple[Frame, int]:
        assert self._running is not None
        pipe = self._running.stdout
        assert pipe is not None
        (length,) = LENGTH.unpack(await pipe.readexactly(LENGTH.size))
        if length > most:
            raise BadFrame
        return unpacked(await pipe.readexactly(length)), length

    async def kill(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        if running.stdin is not None:
            running.stdin.close()
        await running.wait()


def _has_ended(running: asyncio.subprocess.Process) -> bool:
    """Asked of the kernel: the loop hears of it later, and the next file would be blamed."""
    if running.returncode is not None or not hasattr(os, "waitid"):
        return running.returncode is not None
    try:
        return os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def _environment() -> dict[str, str]:
    """Nothing secret: the process handles what strangers send."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    paths = [str(_ROOT), *(path for path in sys.path if path)]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PYTHONUTF8": "1",
        # One thread: on a machine of many cores the buffers of all would break the memory bound.
        "OPENBLAS_NUM_THREADS": "1",
    }
