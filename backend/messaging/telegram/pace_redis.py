"""Slots in Redis: several processes send for one bot. One round trip per turn."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from backend.messaging.telegram.bounds import (
    GROUP_BURST,
    GROUP_SECONDS,
    KEPT,
    MOST_DEBT,
    PRIVATE_SECONDS,
    Bounds,
    bounds_of,
)
from backend.messaging.telegram.gate import GatePacer
from backend.messaging.telegram.pace import Call, Lane, Slot, Slots

_HERE = Path(__file__).parent
_COMMON, _RESERVE, _RESERVE_MANY, _SHUT = (
    (_HERE / name).read_text(encoding="utf-8")
    for name in ("pace.lua", "pace_reserve.lua", "pace_reserve_many.lua", "pace_shut.lua")
)
_SHUT_FOR = "return micros(shut - now)"
_KINDS = {b"go": "go", b"chat": "chat", b"shut": "shut"}
# Seconds for which what Redis has said of the gate is believed without asking again.
_BELIEVED = 0.25


class RedisReservations:
    """`bot` tells bots apart that share a Redis: each has its own limits at Telegram. `seconds`
    stands in for the server's clock."""

    def __init__(
        self, redis: "Redis", bot: str, bounds: Bounds, seconds: Callable[[], float] | None = None
    ) -> None:
        self._redis = redis
        self._bounds = asdict(bounds)
        # One hash tag, so that a cluster keeps the keys together.
        self._prefix = f"{{karman:pace:{bot}}}"
        self._reserve, self._reserve_many, self._shut, self._shut_for = (
            redis.register_script(_COMMON + script)
            for script in (_RESERVE, _RESERVE_MANY, _SHUT, _SHUT_FOR)
        )
        self._server_seconds = seconds
        self._seconds = seconds or time.monotonic
        # The last that was heard of the gate: shut until when, and until when to believe it.
        self._shut_until = 0.0
        self._believed_until = 0.0

    async def reserve(self, call: Call) -> Slot:
        interval, burst = PRIVATE_SECONDS, 0
        if call.chat is not None and call.chat < 0:
            interval, burst = GROUP_SECONDS, GROUP_BURST
        kind, micros = await self._run(
            self._reserve, call.chat,
            answer=call.lane is Lane.ANSWER, paid=call.lane is Lane.PAID, new=call.new,
            cost=call.cost, interval=interval, burst=burst, debt=MOST_DEBT,
        )  # fmt: skip
        slot = Slot(_KINDS[kind], micros / 1_000_000)  # type: ignore[arg-type]
        self._heard(slot.seconds if slot.kind == "shut" else 0)
        return slot

    async def reserve_many(self, chats: Sequence[int], *, paid: bool = False) -> Slots:
        shut, micros, every, *late = await self._run(
            self._reserve_many, *chats, interval=PRIVATE_SECONDS, paid=paid
        )
        seconds = micros / 1_000_000
        self._heard(seconds if shut else 0)
        waits = [each / 1_000_000 for each in late]
        return Slots(bool(shut), seconds, every / 1_000_000, waits)

    async def shut(self, seconds: float, call: Call | None) -> None:
        self._heard(seconds)
        # A group's pace is known and is not learned.
        private = call is not None and call.chat is not None and call.chat > 0
        await self._run(
            self._shut, call.chat if call is not None and private else None,
            seconds=seconds, kept=KEPT, learn=call is not None,
            new=call is not None and call.new, interval=PRIVATE_SECONDS,
            paid=call is not None and call.lane is Lane.PAID,
        )  # fmt: skip

    async def shut_for(self) -> float:
        if self._seconds() >= self._believed_until:
            self._heard(await self._run(self._shut_for, None) / 1_000_000)
        return max(0.0, self._shut_until - self._seconds())

    def _heard(self, shut_for: float) -> None:
        """A word may be older than the last: the gate is never opened by one."""
        now = self._seconds()
        self._shut_until = max(self._shut_until, now + shut_for)
        self._believed_until = max(self._shut_until, now + _BELIEVED)

    async def _run(self, script: Any, *chats: int | None, **asked: Any) -> Any:
        keys = [f"{self._prefix}:gate", f"{self._prefix}:slots"]
        keys += [f"{self._prefix}:chat:{chat}" for chat in chats if chat is not None]
        now = "" if self._server_seconds is None else f"{self._server_seconds():.6f}"
        return await script(keys=keys, args=[json.dumps(asked | {"bounds": self._bounds}), now])

    async def aclose(self) -> None:
        await self._redis.aclose()


def redis_pacer(
    url: str, bot: str, per_second: float, seconds: Callable[[], float] | None = None, *,
    paid: float = 0.0,
) -> GatePacer:  # fmt: skip
    redis = Redis.from_url(url, max_connections=100)
    bounds = bounds_of(per_second, paid)
    return GatePacer(RedisReservations(redis, bot, bounds, seconds), per_second, paid)
