"""Something long-lived beside a test, and a gate that is always open."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

from backend.messaging.channel import TurnsOfMany
from backend.messaging.telegram.pace import Call, Lane


class OpenGate:
    """A Pacer that lets everything pass: tests of screens are not about rates."""

    per_second, paid_per_second = 1000.0, 0.0

    async def turn(self, call: Call, *, ahead: float = 0.0) -> float:
        return asyncio.get_running_loop().time()

    async def near(self, chats: Sequence[int], lane: Lane, *, ahead: float = 0.0) -> TurnsOfMany:
        return TurnsOfMany(asyncio.get_running_loop().time(), 0.0, [0.0] * len(chats))

    async def shut_for(self) -> float:
        return 0.0

    async def opened(self) -> None:
        return

    async def shut(self, seconds: float, call: Call | None = None) -> None:
        await asyncio.sleep(seconds)

    async def aclose(self) -> None:
        return


@asynccontextmanager
async def in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Cancelled at the end; an error of its own is raised there."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        ended = (await asyncio.gather(task, return_exceptions=True))[0]
        if isinstance(ended, Exception):
            raise ended
