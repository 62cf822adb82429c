"""Which counts of a nonce have been used: each is good once (a call that is sent again by somebody
else is refused). In memory for one process, in Redis for several; while Redis is away each process
knows its own.
"""

import time
from collections.abc import Callable
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.platform.watch.log import get_log

_MOST = 100_000
log = get_log(__name__)


class Counts(Protocol):
    async def is_first(self, nonce: str, count: int, seconds: int) -> bool:
        """From then on it is not. Kept for at least twice `seconds`."""
        ...

    async def aclose(self) -> None: ...


class MemoryCounts:
    """`seconds` is a clock that never goes back."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._until: dict[tuple[str, int], float] = {}

    async def is_first(self, nonce: str, count: int, seconds: int) -> bool:
        now = self._seconds()
        if len(self._until) >= _MOST:
            self._until = {one: until for one, until in self._until.items() if until > now}
        if len(self._until) >= _MOST or (nonce, count) in self._until:
            return False
        self._until[nonce, count] = now + 2 * seconds
        return True

    async def aclose(self) -> None:
        self._until.clear()


class RedisCounts:
    def __init__(self, redis: "Redis") -> None:
        self._redis = redis
        self._alone = MemoryCounts()

    async def is_first(self, nonce: str, count: int, seconds: int) -> bool:
        try:
            name = f"karman:digest:{nonce}:{count}"
            return bool(await self._redis.set(name, 1, nx=True, ex=2 * seconds))
        except (RedisError, OSError) as away:
            log.warning("counts are known to this process alone", why=type(away).__name__)
            return await self._alone.is_first(nonce, count, seconds)

    async def aclose(self) -> None:
        await self._redis.aclose()


def make_counts(redis_url: str) -> Counts:
    if redis_url.startswith("memory://"):
        return MemoryCounts()
    return RedisCounts(Redis.from_url(redis_url, max_connections=20))
