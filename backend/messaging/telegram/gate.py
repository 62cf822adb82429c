"""A Pacer over reservations: a slot per call, and no call before its slot.

GCRA with reservation: a caller reserves the next free slot and sleeps until it comes, so
there is no polling and no contention. A chat that must wait gets its chat slot first and asks
for the bot's slot when that has come: a slow chat never holds up the others. Who waited or
was refused when the gate was shut queues up again.

Mass sends reserve only a few slots ahead, and none while anybody else is waiting for one.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import replace

from backend.messaging.channel import TurnsOfMany
from backend.messaging.telegram.pace import Call, Lane, Reservations, Slot
from backend.platform.watch.metrics import TELEGRAM_WAIT

# Mass sends reserve this many seconds ahead: what others may wait behind them, and what evens
# out late wake-ups at high rates. And this many slots at most: after a moment in which the whole
# process stood still, they leave together.
_AHEAD_SECONDS, _AHEAD_SLOTS = 0.05, 8


class GatePacer:
    def __init__(
        self, reservations: Reservations, per_second: float, paid_per_second: float = 0.0
    ) -> None:
        self._reservations = reservations
        self.per_second, self.paid_per_second = per_second, paid_per_second
        ahead = math.ceil(per_second * _AHEAD_SECONDS)
        self._mass = asyncio.Semaphore(min(max(2, ahead), _AHEAD_SLOTS))
        self._waiting = 0
        self._calm = asyncio.Event()
        self._calm.set()

    async def turn(self, call: Call, *, ahead: float = 0.0) -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        lane = call.lane
        while True:
            step = self._step_of_mass if lane in {Lane.MASS, Lane.PAID} else self._step
            slot = await step(call, ahead)
            if slot.kind == "go":
                break
            await asyncio.sleep(slot.seconds)
            if slot.kind == "chat":
                call = replace(call, chat=None)
        TELEGRAM_WAIT.labels(lane.value).observe(loop.time() - began)
        return loop.time() + slot.seconds

    async def near(self, chats: Sequence[int], lane: Lane, *, ahead: float = 0.0) -> TurnsOfMany:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            if lane is Lane.MASS:
                await self._calm.wait()
            slots = await self._reservations.reserve_many(chats, paid=lane is Lane.PAID)
            at = loop.time() + slots.seconds
            await asyncio.sleep(slots.seconds - (0.0 if slots.shut else ahead))
            if not slots.shut and await self.shut_for() <= 0:
                TELEGRAM_WAIT.labels(lane.value).observe(loop.time() - began)
                return TurnsOfMany(at, slots.every, slots.late)

    async def opened(self) -> None:
        wait = await self.shut_for()
        while wait > 0:
            await asyncio.sleep(wait)
            wait = await self.shut_for()

    async def shut_for(self) -> float:
        return await self._reservations.shut_for()

    async def shut(self, seconds: float, call: Call | None = None) -> None:
        await self._reservations.shut(seconds, call)

    async def aclose(self) -> None:
        await self._reservations.aclose()

    async def _step(self, call: Call, ahead: float) -> Slot:
        self._waiting += 1
        self._calm.clear()
        try:
            return await self._wait_for_slot(call, ahead)
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._calm.set()

    async def _step_of_mass(self, call: Call, ahead: float) -> Slot:
        async with self._mass:
            await self._calm.wait()
            return await self._wait_for_slot(call, ahead)

    async def _wait_for_slot(self, call: Call, ahead: float) -> Slot:
        """The bot's slot is slept through here, but for the last of it; other waits are the
        caller's, who then neither counts as waiting nor holds a place of the mass sends."""
        loop = asyncio.get_running_loop()
        slot = await self._reservations.reserve(call)
        if slot.kind != "go" or slot.seconds <= 0:
            return slot
        at = loop.time() + slot.seconds
        await asyncio.sleep(slot.seconds - ahead)
        shut = await self.shut_for()
        # Shut in the meantime: the chat's slot stays taken, the bot's is asked for anew.
        return Slot("chat", shut) if shut > 0 else Slot("go", max(0.0, at - loop.time()))
