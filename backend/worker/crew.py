"""The reactions at work in this process, so that a stop can be quick and still clean."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.outbox.claim import Claimed
from backend.platform.context import Context
from backend.reactions import Book
from backend.worker.handle import handle

# A stop as a whole takes less than three seconds.
GRACE_SECONDS = 1.5


@dataclass(slots=True)
class Crew:
    ctx: Context
    book: Book
    _at_work: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, claimed: Sequence[Claimed]) -> None:
        task = asyncio.ensure_future(handle(self.ctx, self.book, claimed))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        try:
            await task
        except asyncio.CancelledError:
            # Sent home by stop(): to the queue the task has ended, and the row's lease
            # brings the delivery back. A cancel from outside ends the reaction as well.
            if not task.cancelled():
                task.cancel()
                raise

    async def stop(self) -> None:
        """Wait for the reactions at work for a moment, then interrupt them."""
        if self._at_work:
            _, late = await asyncio.wait(set(self._at_work), timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
