"""How often one key may ask: so many at once, then so many a second, over all processes.

GCRA: of each key one moment is kept, the one at which everything it has asked would be evened
out. In memory for one process, in Redis (limits_redis.py) for several.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_MOST_KEYS = 10_000


@dataclass(frozen=True, slots=True)
class Quota:
    """`burst` at once, `per_second` from then on."""

    per_second: int
    burst: int

    @property
    def window(self) -> int:
        """Seconds in which a whole burst comes back."""
        return math.ceil(self.burst / self.per_second)


def quota_of(per_second: int) -> Quota:
    """Two seconds' worth at once."""
    return Quota(per_second, 2 * per_second)


@dataclass(frozen=True, slots=True)
class Turn:
    """`wait`: seconds until it may be asked again, 0 = it may now, and has. `left` of the burst;
    `full`: seconds until all of it is back."""

    wait: float
    left: int
    full: float


class Limits(Protocol):
    quota: Quota

    async def turn(self, key: int) -> Turn: ...

    async def aclose(self) -> None: ...


class MemoryLimits:
    """`seconds` is a clock that never goes back."""

    def __init__(self, quota: Quota, seconds: Callable[[], float] = time.monotonic) -> None:
        self.quota = quota
        self._seconds = seconds
        self._even_at: dict[int, float] = {}

    async def turn(self, key: int) -> Turn:
        now, step = self._seconds(), 1 / self.quota.per_second
        whole = self.quota.burst * step
        owed = max(self._even_at.get(key, now) - now, 0.0)
        if owed + step > whole + 1e-9:
            return Turn(owed + step - whole, 0, owed)
        self._even_at[key] = now + owed + step
        if len(self._even_at) > _MOST_KEYS:
            self._even_at = {one: at for one, at in self._even_at.items() if at > now}
        return Turn(0.0, int((whole - owed - step) / step + 1e-6), owed + step)

    async def aclose(self) -> None:
        self._even_at.clear()


def make_limits(redis_url: str, per_second: int) -> Limits:
    if redis_url.startswith("memory://"):
        return MemoryLimits(quota_of(per_second))
    from redis.asyncio import Redis  # noqa: PLC0415  not needed in the embedded default

    from backend.web.api.limits_redis import RedisLimits  # noqa: PLC0415

    return RedisLimits(Redis.from_url(redis_url, max_connections=50), quota_of(per_second))
