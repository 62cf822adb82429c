"""Slots in memory: one process sends for the bot."""

import time
from collections.abc import Callable

from backend.messaging.telegram.pace import GatePacer, Slot, chat_pace

_MOST_CHATS = 10_000


class MemoryReservations:
    """`seconds` is a monotonic clock."""

    def __init__(self, per_second: float, seconds: Callable[[], float] = time.monotonic) -> None:
        self._interval = 1 / per_second
        self._seconds = seconds
        # When the next slot is free.
        self._bot = 0.0
        self._chats: dict[int, float] = {}
        self._shut_until = 0.0

    async def reserve(self, chat: int | None, cost: int) -> Slot:
        now = self._seconds()
        if self._shut_until > now:
            return Slot("shut", self._shut_until - now)
        bot_at = max(now, self._bot)
        if chat is not None:
            chat_at = self._reserve_chat(chat, cost, now)
            if chat_at > bot_at:
                return Slot("chat", chat_at - now)
        self._bot = bot_at + cost * self._interval
        return Slot("go", bot_at - now)

    def _reserve_chat(self, chat: int, cost: int, now: float) -> float:
        interval, burst = chat_pace(chat)
        free = self._chats.get(chat, 0.0)
        self._chats[chat] = max(now, free) + cost * interval
        if len(self._chats) > _MOST_CHATS:
            self._chats = {one: at for one, at in self._chats.items() if at > now}
        return max(now, free - (burst - 1) * interval)

    async def shut(self, seconds: float) -> None:
        self._shut_until = max(self._shut_until, self._seconds() + seconds)

    async def shut_for(self) -> float:
        return max(0.0, self._shut_until - self._seconds())

    async def aclose(self) -> None:
        self._chats.clear()


def memory_pacer(per_second: float) -> GatePacer:
    return GatePacer(MemoryReservations(per_second), per_second)
