"""The product as a process that is killed at random and started again."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from tests.support.machine.processes import ROOT


class Product:
    """`kills` so far."""

    def __init__(self, starter: Process) -> None:
        self._starter = starter
        self._pid = 0
        self.kills = 0

    async def start(self) -> None:
        assert self._starter.stdin is not None
        self._starter.stdin.write(b"start\n")
        await self._starter.stdin.drain()
        self._pid = int(await self._line())

    async def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        assert await self._line() == "gone"
        self._pid = 0
        self.kills += 1

    async def _line(self) -> str:
        assert self._starter.stdout is not None
        async with asyncio.timeout(60):
            return (await self._starter.stdout.readline()).decode().strip()

    async def killed_at_random(self, chance: random.Random, most: int) -> None:
        """Start, kill, start again, until cancelled or killed so often; then it goes on."""
        while self.kills < most:
            await asyncio.sleep(chance.uniform(0.05, 1.2))
            await self.kill()
            await self.start()

    def end(self) -> None:
        if self._pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)


@asynccontextmanager
async def product(
    settings: Mapping[str, str], module: str = "tests.killed.process_product"
) -> AsyncIterator[Product]:
    """Started; ended with the block. `module` forks what runs, as process_product does."""
    starter = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module,
        cwd=ROOT, env={**os.environ, **settings}, stdin=PIPE, stdout=PIPE,
    )  # fmt: skip
    running = Product(starter)
    try:
        assert await running._line() == "ready"
        await running.start()
        yield running
    finally:
        running.end()
        if starter.returncode is None:
            starter.kill()
        await starter.wait()
