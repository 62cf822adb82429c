"""Pacers on virtual time before a strict Telegram on the same time, and who sends through them."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from backend.messaging.telegram.bounds import bounds_of
from backend.messaging.telegram.gate import GatePacer
from backend.messaging.telegram.pace import Call, Lane, Pacer, Reservations, Slot, Slots
from backend.messaging.telegram.pace_memory import MemoryReservations
from backend.messaging.telegram.pace_redis import RedisReservations
from bot.sandbox.errors import ApiError
from bot.sandbox.limits import Gate, Limits
from tests.support.virtual_time import now, outside, virtually

# Calls a second that the stub lets a push have, and what the pacer is set to: as 28 of 30.
ALLOWED = 30.0
SET = 28.0


class _Outside:
    """Reservations beyond the loop: time stands still while they answer."""

    def __init__(self, inner: Reservations) -> None:
        self._inner = inner

    async def _waited(self, answer: Coroutine[Any, Any, Any]) -> Any:
        with outside():
            return await answer

    async def reserve(self, call: Call) -> Slot:
        slot: Slot = await self._waited(self._inner.reserve(call))
        return slot

    async def reserve_many(self, chats: Sequence[int], *, paid: bool = False) -> Slots:
        slots: Slots = await self._waited(self._inner.reserve_many(chats, paid=paid))
        return slots

    async def shut(self, seconds: float, call: Call | None) -> None:
        await self._waited(self._inner.shut(seconds, call))

    async def shut_for(self) -> float:
        return float(await self._waited(self._inner.shut_for()))

    async def aclose(self) -> None:
        await self._waited(self._inner.aclose())


@dataclass
class Paces:
    """Makes pacers that share what `kind` lets processes share; in memory there is one."""

    kind: str
    valkey_url: str
    made: list[GatePacer] = field(default_factory=list)

    def pacer(self, per_second: float = SET, paid: float = 0.0) -> GatePacer:
        bounds = bounds_of(per_second, paid)
        inner: Reservations = MemoryReservations(bounds, now)
        if self.kind == "redis":
            redis = Redis.from_url(self.valkey_url)
            inner = _Outside(RedisReservations(redis, "1", bounds, now))
        self.made.append(GatePacer(inner, per_second, paid))
        return self.made[-1]

    def tell(self, story: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run a story in virtual time."""

        async def told() -> None:
            try:
                await story()
            finally:
                for pacer in self.made:
                    await pacer.aclose()

        virtually(told())


def telegram(**limits: Any) -> Gate:
    """A Telegram of the documented bounds, with a penalty for whoever exceeds one."""
    return Gate(Limits(**{"penalty": True, "burst": 12, **limits}), now)


async def send(pacer: Pacer, gate: Gate, call: Call) -> float:
    """Send as the session does; returns how many seconds it took until it was accepted."""
    began = now()
    while True:
        await pacer.turn(call)
        try:
            gate.admit(call.chat, call.cost, new=call.new, paid=call.lane is Lane.PAID)
        except ApiError as refused:
            await pacer.shut((refused.parameters or {})["retry_after"], call)
        else:
            return now() - began


async def tap(pacer: Pacer, gate: Gate, chat: int) -> float:
    """A tap is answered and its screen edited; returns how long the person waited."""
    began = now()
    await pacer.opened()
    gate.check()
    await send(pacer, gate, Call(chat, new=False))
    return now() - began


async def push(pacer: Pacer, gate: Gate, chats: Iterable[int], places: int = 8) -> int:
    """To every chat, so many at a time, each answer after 30 ms; returns how many."""
    waiting, sent = iter(chats), 0

    async def work() -> None:
        nonlocal sent
        for chat in waiting:
            await send(pacer, gate, Call(chat, Lane.MASS))
            await asyncio.sleep(0.03)
            sent += 1

    await asyncio.gather(*(work() for _ in range(places)))
    return sent
