"""The queue: docket on Redis, or in this process's memory in the embedded default.

It holds nothing that lasts: every task is a delivery row of the outbox and comes again.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from docket import Docket, Worker
from redis.asyncio import Redis

from backend.outbox.claim import Claimed
from backend.platform.away import is_away
from backend.platform.ids import new_token
from backend.platform.watch.log import get_log

NAME = "karman"
# One delivery, and several of one reaction.
TASK = "react"
TASK_FOR_MANY = "react_to_many"
# redis-py caps a pool at 100 connections and raises above it; 50 tasks at once stay below.
CONCURRENCY = 50
POOL = 200
# docket sleeps this long whenever every place is taken, so it bounds tasks per second.
FULL_PAUSE = timedelta(milliseconds=100)
# How often docket looks for tasks due later; none are put there, so it need not look often.
IDLE = timedelta(seconds=2)
# Runs the deliveries of one task.
Handle = Callable[[Sequence[Claimed]], Awaitable[None]]
log = get_log(__name__)


def queue_url(redis_url: str) -> str:
    """docket's URL: memory of this process alone, or Redis with room in its pool."""
    if redis_url.startswith("memory://"):
        return f"memory://{new_token()}"
    mark = "&" if urlsplit(redis_url).query else "?"
    return f"{redis_url}{mark}max_connections={POOL}"


@asynccontextmanager
async def open_queue(redis_url: str, handle: Handle) -> AsyncIterator[Docket]:
    """A docket that knows both tasks. Only a process that works it runs them."""

    async def react(delivery_id: int, attempts: int) -> None:
        await handle([Claimed(delivery_id, attempts)])

    async def react_to_many(deliveries: list[tuple[int, int]]) -> None:
        await handle([Claimed(*each) for each in deliveries])

    await _until_there(redis_url)
    # A finished key may be used again at once: the row, not Redis, says what is done.
    async with Docket(NAME, queue_url(redis_url), execution_ttl=timedelta(0)) as docket:
        docket.register(react, names=[TASK])
        docket.register(react_to_many, names=[TASK_FOR_MANY])
        yield docket


async def _until_there(redis_url: str) -> None:
    """docket outlives an outage of Redis, but not one at its start."""
    if redis_url.startswith("memory://"):
        return
    async with Redis.from_url(redis_url, socket_connect_timeout=5) as redis:
        while True:
            try:
                await redis.ping()
            except Exception as error:
                if not (is_away(error) or isinstance(error, OSError)):
                    raise
                log.warning("Redis is away: waiting for it", error=type(error).__name__)
                await asyncio.sleep(1.0)
            else:
                return


async def enqueue(docket: Docket, group: Sequence[Claimed]) -> None:
    """The queue drops a second task of the same key, so claiming twice is harmless."""
    first = group[0]
    name = f"ob:{first.id}:{first.attempts}"
    if len(group) == 1:
        add: Callable[..., Awaitable[object]] = docket.add(TASK, key=name)
        await add(first.id, first.attempts)
        return
    pairs = [(each.id, each.attempts) for each in group]
    digest = hashlib.blake2b(repr(pairs).encode(), digest_size=8).hexdigest()
    add = docket.add(TASK_FOR_MANY, key=f"{name}:{digest}")
    await add(pairs)


async def work(docket: Docket, *, redelivery: timedelta = timedelta(seconds=30)) -> None:
    """Run tasks until cancelled. docket then waits for those at work to end: see Crew.stop."""
    async with Worker(
        docket,
        concurrency=CONCURRENCY,
        redelivery_timeout=redelivery,
        minimum_check_interval=FULL_PAUSE,
        scheduling_resolution=IDLE,
        schedule_automatic_tasks=False,
    ) as worker:
        await worker.run_forever()
