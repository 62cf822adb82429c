"""How often a key may ask, over all processes: limits.lua does what limits.py does in memory. While
Redis is away each process counts for itself."""

from collections.abc import Callable
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.platform.watch.log import get_log
from backend.web.api.limits import MemoryLimits, Quota, Turn

_LUA = (Path(__file__).parent / "limits.lua").read_text(encoding="utf-8")
log = get_log(__name__)


class RedisLimits:
    """`seconds` stands in for the server's clock."""

    def __init__(
        self, redis: "Redis", quota: Quota, seconds: Callable[[], float] | None = None
    ) -> None:
        self.quota = quota
        self._redis = redis
        self._script = redis.register_script(_LUA)
        self._seconds = seconds
        self._alone = MemoryLimits(quota)

    async def turn(self, key: int) -> Turn:
        now = "" if self._seconds is None else f"{self._seconds():.6f}"
        args: list[int | str] = [self.quota.per_second, self.quota.burst, now]
        try:
            found = await self._script(keys=[f"karman:api:{key}"], args=args)
        except (RedisError, OSError) as away:
            log.warning("keys are counted by this process alone", why=type(away).__name__)
            return await self._alone.turn(key)
        wait, left, full = (int(each) for each in found)
        return Turn(wait / 1_000_000, left, full / 1_000_000)

    async def aclose(self) -> None:
        await self._redis.aclose()
