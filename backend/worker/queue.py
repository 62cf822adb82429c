"""The queue: in memory in the embedded default, docket on Redis for several processes.

It holds nothing that lasts: every task carries delivery rows of the outbox, which come again.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Protocol

from backend.outbox.claim import LEASE, Claimed
from backend.worker.queue_memory import MemoryQueue

# Each task is over when the last of its deliveries runs (backend/worker/crew.py): this many
# batches wait for places.
CONCURRENCY = 4
# As many tasks as wait before the relay claims no more: the rows of a long backlog are not leased
# long before anybody can run them.
FULL = 20
# Takes over the deliveries of one task.
Handle = Callable[[Sequence[Claimed]], Awaitable[None]]


class Queue(Protocol):
    async def is_full(self) -> bool: ...

    async def add(self, claimed: Sequence[Claimed]) -> None:
        """A task. A second one that carries the same while the first waits is dropped: claiming
        twice is harmless."""
        ...

    async def work(self) -> None:
        """Take tasks until cancelled. A process that only adds does not call it."""
        ...


@asynccontextmanager
async def open_queue(
    redis_url: str, handle: Handle, redelivery: timedelta = LEASE
) -> AsyncIterator[Queue]:
    """`redelivery`: after which another process takes over what one has died with."""
    if redis_url.startswith("memory://"):
        yield MemoryQueue(handle, concurrency=CONCURRENCY, full=FULL)
        return
    # docket and the client of Redis are 15 MB, which the embedded default does not need.
    from backend.worker.queue_docket import open_docket  # noqa: PLC0415

    async with open_docket(
        redis_url, handle, redelivery, concurrency=CONCURRENCY, full=FULL
    ) as queue:
        yield queue
