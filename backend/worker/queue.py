"""The queue: docket on Redis, or in this process's memory in the embedded default.

It holds nothing that lasts: every task carries delivery rows of the outbox, which come again.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from redis.asyncio import Redis

from backend.outbox.claim import Claimed
from backend.platform.away import is_away
from backend.platform.ids import new_token
from backend.platform.watch.log import get_log
from backend.worker.lean_docket import Docket, Worker

NAME = "karman"
# A batch of deliveries, of any reactions.
TASK = "react_to_many"
# Each is over when the last of its deliveries runs (backend/worker/crew.py): this many batches
# wait for places.
CONCURRENCY = 4
# As many tasks as wait before the relay claims no more: the rows of a long backlog are not leased
# long before anybody can run them.
FULL = 20
POOL = 200
# docket sleeps this long whenever every place is taken, so it bounds tasks per second.
FULL_PAUSE = timedelta(milliseconds=100)
# How often docket looks for tasks due later; none are put there, so it need not look often.
IDLE = timedelta(seconds=2)
# Takes over the deliveries of one task.
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
    """A docket that knows the task. Only a process that works it runs it."""

    async def react_to_many(deliveries: list[tuple[int, int, str, bool]]) -> None:
        await handle([Claimed(*each) for each in deliveries])

    await _until_there(redis_url)
    # A finished key may be used again at once: the row, not Redis, says what is done.
    async with Docket(NAME, queue_url(redis_url), execution_ttl=timedelta(0)) as docket:
        docket.register(react_to_many, names=[TASK])
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


async def is_full(docket: Docket) -> bool:
    async with docket.redis() as redis:
        return int(await redis.xlen(docket.stream_key)) >= FULL


async def enqueue(docket: Docket, claimed: Sequence[Claimed]) -> None:
    """The queue drops a second task of the same key, so claiming twice is harmless."""
    carried = [(each.id, each.attempts, each.reaction, each.alone) for each in claimed]
    digest = hashlib.blake2b(repr(carried).encode(), digest_size=16).hexdigest()
    add: Callable[..., Awaitable[object]] = docket.add(TASK, key=f"ob:{digest}")
    await add(carried)


async def work(docket: Docket, *, redelivery: timedelta = timedelta(seconds=30)) -> None:
    """Take tasks until cancelled. docket then waits for those that wait for a place."""
    async with Worker(
        docket,
        concurrency=CONCURRENCY,
        redelivery_timeout=redelivery,
        minimum_check_interval=FULL_PAUSE,
        scheduling_resolution=IDLE,
        schedule_automatic_tasks=False,
    ) as worker:
        await worker.run_forever()
