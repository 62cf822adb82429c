"""Slots in memory: one process sends for the bot."""

import math
import time
from collections.abc import Callable, Sequence

from backend.messaging.telegram.bounds import (
    GROUP_BURST,
    GROUP_SECONDS,
    MOST_DEBT,
    PRIVATE_SECONDS,
    Bounds,
    Learned,
    bounds_of,
)
from backend.messaging.telegram.gate import GatePacer
from backend.messaging.telegram.pace import Call, Lane, Slot, Slots

_MOST_CHATS = 10_000


class MemoryReservations:
    """`seconds` is a monotonic clock. pace.lua does the same in Redis."""

    def __init__(self, bounds: Bounds, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._bulk = Learned(bounds.bulk)
        self._answers = Learned(bounds.answers)
        self._burst = Learned(bounds.burst)
        self._paid = Learned(bounds.paid)
        # When the next slot is free.
        self._bulk_at = 0.0
        self._answers_at = 0.0
        self._paid_at = 0.0
        self._chats: dict[int, float] = {}
        # Answers of about the last second: how many, as of when.
        self._heard, self._heard_at = 0.0, 0.0
        self._shut_until = 0.0

    async def reserve(self, call: Call) -> Slot:
        now = self._seconds()
        if self._shut_until > now:
            return Slot("shut", self._shut_until - now)
        free = {Lane.ANSWER: self._answers_at, Lane.PAID: self._paid_at}
        bot_at = max(now, free.get(call.lane, self._bulk_at))
        if call.chat is not None:
            chat_at = self._reserve_chat(call.chat, call.cost, now)
            if chat_at > bot_at:
                return Slot("chat", chat_at - now)
        self._take(call, bot_at, now)
        return Slot("go", bot_at - now)

    async def reserve_many(self, chats: Sequence[int], *, paid: bool = False) -> Slots:
        now = self._seconds()
        if self._shut_until > now:
            return Slots(shut=True, seconds=self._shut_until - now)
        at = max(now, self._paid_at if paid else self._bulk_at)
        late = [self._late(chat, now, at) for chat in chats]
        every = 1 / (self._paid if paid else self._bulk).at(now)
        till = at + every * late.count(0.0)
        if paid:
            self._paid_at = till
        else:
            self._bulk_at = till
        return Slots(shut=False, seconds=at - now, every=every, late=late)

    def _late(self, chat: int, now: float, at: float) -> float:
        """How long the chat must wait; 0 when it may, and then its slot is taken."""
        free = self._chats.get(chat, 0.0)
        chat_at = max(now, free - (self._burst.at(now) - 1) * PRIVATE_SECONDS)
        if chat_at > at:
            return chat_at - now
        self._chats[chat] = max(now, free) + PRIVATE_SECONDS
        self._forget_chats(now)
        return 0.0

    def _forget_chats(self, now: float) -> None:
        if len(self._chats) > _MOST_CHATS:
            self._chats = {one: at for one, at in self._chats.items() if at > now}

    def _reserve_chat(self, chat: int, cost: int, now: float) -> float:
        interval, burst = PRIVATE_SECONDS, self._burst.at(now)
        if chat < 0:
            interval, burst = GROUP_SECONDS, GROUP_BURST
        free = self._chats.get(chat, 0.0)
        self._chats[chat] = max(now, free) + cost * interval
        self._forget_chats(now)
        return max(now, free - (burst - 1) * interval)

    def _take(self, call: Call, bot_at: float, now: float) -> None:
        if call.lane is Lane.PAID:
            self._paid_at = bot_at + call.cost / self._paid.at(now)
            return
        pause = call.cost / self._bulk.at(now)
        if call.lane is not Lane.ANSWER:
            self._bulk_at = bot_at + pause
            return
        self._answers_at = bot_at + call.cost / self._answers.at(now)
        self._heard = self._still_heard(now) + call.cost
        self._heard_at = now
        if call.new:
            owed = min(max(now, self._bulk_at) + pause, now + MOST_DEBT)
            self._bulk_at = max(self._bulk_at, owed)

    def _still_heard(self, now: float) -> float:
        return self._heard * math.exp(self._heard_at - now)

    async def shut(self, seconds: float, call: Call | None) -> None:
        now = self._seconds()
        if call is not None and self._shut_until <= now:
            self._learn(call, now)
        self._shut_until = max(self._shut_until, now + seconds)

    def _learn(self, call: Call, now: float) -> None:
        """What was in use beyond its least is to blame; if nothing was, the pace of the rest."""
        blamed = self._answers.lower(now, self._still_heard(now))
        if call.chat is not None and call.chat > 0:
            used = (self._chats.get(call.chat, now) - now) / PRIVATE_SECONDS
            blamed = self._burst.lower(now, used) or blamed
        if not blamed and call.new:
            rest = self._paid if call.lane is Lane.PAID else self._bulk
            rest.lower(now, rest.at(now))

    async def shut_for(self) -> float:
        return max(0.0, self._shut_until - self._seconds())

    async def aclose(self) -> None:
        self._chats.clear()


def memory_pacer(
    per_second: float, seconds: Callable[[], float] = time.monotonic, *, paid: float = 0.0
) -> GatePacer:
    return GatePacer(MemoryReservations(bounds_of(per_second, paid), seconds), per_second, paid)
