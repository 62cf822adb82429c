"""Which counts of a nonce have been used: each is good once (a call that is sent again by somebody
else is refused). In memory for one process, in Redis (counts_redis.py) for several.
"""

import time
from collections.abc import Callable
from typing import Protocol

_MOST = 100_000


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


def make_counts(redis_url: str) -> Counts:
    if redis_url.startswith("memory://"):
        return MemoryCounts()
    from redis.asyncio import Redis  # noqa: PLC0415  not needed in the embedded default

    from backend.web.compat.osmi.counts_redis import RedisCounts  # noqa: PLC0415

    return RedisCounts(Redis.from_url(redis_url, max_connections=20))
