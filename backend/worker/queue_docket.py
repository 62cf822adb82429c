"""Tasks of several processes: docket on Redis Streams."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from redis.asyncio import Redis

from backend.outbox.claim import Claimed
from backend.platform.away import is_away
from backend.platform.watch.log import get_log
from backend.worker.lean_docket import Docket, Worker

NAME = "karman"
# A batch of deliveries, of any reactions.
TASK = "react_to_many"
POOL = 200
# docket sleeps this long whenever every place is taken, so it bounds tasks per second.
FULL_PAUSE = timedelta(milliseconds=100)
# How often docket looks for tasks due later; none are put there, so it need not look often.
IDLE = timedelta(seconds=2)
log = get_log(__name__)


class DocketQueue:
    def __init__(
        self, docket: Docket, redelivery: timedelta, *, concurrency: int, full: int
    ) -> None:
        self._docket, self._redelivery = docket, redelivery
        self._concurrency, self._full = concurrency, full

    async def is_full(self) -> bool:
        async with self._docket.redis() as redis:
            return int(await redis.xlen(self._docket.stream_key)) >= self._full

    async def add(self, claimed: Sequence[Claimed]) -> None:
        carried = [(each.id, each.attempts, each.reaction, each.alone) for each in claimed]
        digest = hashlib.blake2b(repr(carried).encode(), digest_size=16).hexdigest()
        add: Callable[..., Awaitable[object]] = self._docket.add(TASK, key=f"ob:{digest}")
        await add(carried)

    async def work(self) -> None:
        """docket then waits for those that wait for a place."""
        async with Worker(
            self._docket,
            concurrency=self._concurrency,
            redelivery_timeout=self._redelivery,
            minimum_check_interval=FULL_PAUSE,
            scheduling_resolution=IDLE,
            schedule_automatic_tasks=False,
        ) as worker:
            await worker.run_forever()


@asynccontextmanager
async def open_docket(
    redis_url: str, handle: Callable[[Sequence[Claimed]], Awaitable[None]],
    redelivery: timedelta, *, concurrency: int, full: int,
) -> AsyncIterator[DocketQueue]:  # fmt: skip
    """A docket that knows the task."""

    async def react_to_many(deliveries: list[tuple[int, int, str, bool]]) -> None:
        await handle([Claimed(*each) for each in deliveries])

    await _until_there(redis_url)
    mark = "&" if urlsplit(redis_url).query else "?"
    url = f"{redis_url}{mark}max_connections={POOL}"
    # A finished key may be used again at once: the row, not Redis, says what is done.
    async with Docket(NAME, url, execution_ttl=timedelta(0)) as docket:
        docket.register(react_to_many, names=[TASK])
        yield DocketQueue(docket, redelivery, concurrency=concurrency, full=full)


async def _until_there(redis_url: str) -> None:
    """docket outlives an outage of Redis, but not one at its start."""
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
