"""The counts of nonces that were used, over all processes. While Redis is away each process knows
its own."""

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.platform.watch.log import get_log
from backend.web.compat.osmi.counts import MemoryCounts

log = get_log(__name__)


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
