"""Slots in Redis: several processes send for one bot. One round trip per turn."""

import time
from pathlib import Path

from redis.asyncio import Redis

from backend.messaging.telegram.pace import GatePacer, Slot, chat_pace

_RESERVE = (Path(__file__).parent / "pace.lua").read_text(encoding="utf-8")
_SHUT = """
local time = redis.call('TIME')
local till = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(ARGV[1])
if till > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil(tonumber(ARGV[1]) / 1000))
end
return 0
"""
_KINDS = {b"go": "go", b"chat": "chat", b"shut": "shut"}


class RedisReservations:
    """`bot` tells bots apart that share a Redis: each has its own limits at Telegram."""

    def __init__(self, redis: "Redis", bot: str, per_second: float) -> None:
        self._redis = redis
        self._interval = round(1_000_000 / per_second)
        # One hash tag, so that a cluster keeps the three keys together.
        self._prefix = f"{{karman:pace:{bot}}}"
        self._reserve = redis.register_script(_RESERVE)
        self._shut = redis.register_script(_SHUT)
        # A 429 of this process: known without asking.
        self._shut_until = 0.0

    async def reserve(self, chat: int | None, cost: int) -> Slot:
        keys = [f"{self._prefix}:gate", f"{self._prefix}:bot"]
        interval, burst = 0.0, 1
        if chat is not None:
            keys.append(f"{self._prefix}:chat:{chat}")
            interval, burst = chat_pace(chat)
        kind, wait = await self._reserve(
            keys=keys, args=[self._interval, round(interval * 1_000_000), burst, cost]
        )
        return Slot(_KINDS[kind], wait / 1_000_000)  # type: ignore[arg-type]

    async def shut(self, seconds: float) -> None:
        self._shut_until = max(self._shut_until, time.monotonic() + seconds)
        await self._shut(keys=[f"{self._prefix}:gate"], args=[round(seconds * 1_000_000)])

    async def shut_for(self) -> float:
        return max(0.0, self._shut_until - time.monotonic())

    async def aclose(self) -> None:
        await self._redis.aclose()


def redis_pacer(url: str, bot: str, per_second: float) -> GatePacer:
    redis = Redis.from_url(url, max_connections=100)
    return GatePacer(RedisReservations(redis, bot, per_second), per_second)
