"""Tasks of one process, waiting in its memory."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from backend.outbox.claim import Claimed
from backend.platform.watch.log import get_log

log = get_log(__name__)


class MemoryQueue:
    """`concurrency` tasks are at work at once; `full`: from how many that wait on."""

    def __init__(
        self, handle: Callable[[Sequence[Claimed]], Awaitable[None]], *, concurrency: int, full: int
    ) -> None:
        self._handle, self._concurrency, self._full = handle, concurrency, full
        self._waiting: asyncio.Queue[tuple[Claimed, ...]] = asyncio.Queue()
        self._known: set[tuple[Claimed, ...]] = set()

    async def is_full(self) -> bool:
        return self._waiting.qsize() >= self._full

    async def add(self, claimed: Sequence[Claimed]) -> None:
        task = tuple(claimed)
        if task not in self._known:
            self._known.add(task)
            self._waiting.put_nowait(task)

    async def work(self) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(self._concurrency):
                group.create_task(self._take())

    async def _take(self) -> None:
        while True:
            task = await self._waiting.get()
            self._known.discard(task)
            try:
                await self._handle(task)
            except Exception:
                # The lease of its rows brings them back.
                log.exception("a task of the queue failed", deliveries=len(task))
