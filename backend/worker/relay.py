"""Outbox → queue. Runs in every process that shares the queue with a worker."""

from datetime import timedelta

from backend.outbox.claim import BATCH, LEASE, carried, claim
from backend.outbox.fan_out import fan_out
from backend.platform.context import Context
from backend.platform.repeat import repeat
from backend.reactions import Book
from backend.worker.queue import Queue

# Announcements of this process wake the relay at once; those of others are seen by polling.
POLL_SECONDS = 1.0


async def relay(ctx: Context, book: Book, queue: Queue, lease: timedelta = LEASE) -> None:
    """Runs until cancelled."""

    async def step() -> None:
        while await pass_on(ctx, book, queue, lease):
            continue
        await ctx.wake.wait(POLL_SECONDS)

    await repeat("relay", step)


async def pass_on(ctx: Context, book: Book, queue: Queue, lease: timedelta = LEASE) -> bool:
    """One batch; True when there may be more. What the queue has no room for stays in the
    database, where it is found at once when there is."""
    if await queue.is_full():
        return False
    events = await fan_out(ctx.clock(), book.plan())
    claimed = await claim(ctx.clock(), lease=lease)
    for task in carried(claimed):
        await queue.add(task)
    return events > 0 or len(claimed) == BATCH
