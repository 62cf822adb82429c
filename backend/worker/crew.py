"""The reactions at work in this process, so that a stop can be quick and still clean."""

import asyncio
from collections.abc import Sequence

from backend.outbox.claim import CARRIED, Claimed, grouped
from backend.outbox.together import Direct, Shared
from backend.platform.away import is_away
from backend.platform.context import Context
from backend.platform.watch.log import get_log
from backend.reactions import Book
from backend.worker.handle import handle

# Reactions at once.
PLACES = 50
# A stop as a whole takes less than three seconds.
GRACE_SECONDS = 1.5
log = get_log(__name__)


class Crew:
    """`take` is called with what each task of the queue carries."""

    def __init__(self, ctx: Context, book: Book) -> None:
        self._ctx, self._book = ctx, book
        self._most, self._alone = book.most(), book.coalesced()
        self._shared, self._direct = Shared(ctx.clock), Direct(ctx.clock)
        self._places = asyncio.Semaphore(PLACES)
        self._at_work: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def take(self, claimed: Sequence[Claimed]) -> None:
        """Returns when the last of them runs: to the queue the task has ended, and the rows' leases
        bring back what does not end well. A slow one keeps a place, not the others from theirs."""
        for group in grouped(claimed, self._most):
            await self._places.acquire()
            if self._stopped:
                self._places.release()
                return
            task = asyncio.create_task(self._run(group))
            self._at_work.add(task)
            task.add_done_callback(self._gone)
        if len(claimed) == CARRIED:
            # There is room for more.
            self._ctx.wake.set()

    async def _run(self, group: Sequence[Claimed]) -> None:
        # A coalesced row is also told of newer events, one after the other in a transaction:
        # whoever held several of them would wait for it and be waited for.
        steps = self._direct if group[0].reaction in self._alone else self._shared
        try:
            await handle(self._ctx, self._book, group, steps)
        except Exception as error:
            if is_away(error):
                log.warning("a reaction waits for its lease", error=type(error).__name__)
            else:
                log.exception("a reaction's steps were not written", reaction=group[0].reaction)

    def _gone(self, task: asyncio.Task[None]) -> None:
        self._at_work.discard(task)
        self._places.release()

    async def rest(self) -> None:
        """Wait for those at work."""
        while self._at_work:
            await asyncio.wait(set(self._at_work))

    async def stop(self) -> None:
        """Wait for the reactions at work for a moment, then interrupt them. Nothing new begins."""
        self._stopped = True
        if self._at_work:
            _, late = await asyncio.wait(set(self._at_work), timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        await self._shared.end()
        if self._book.post is not None:
            await self._book.post.statements.end()
