"""The one gate of outgoing Telegram calls: a slot per call, and no call before its slot.

GCRA with reservation: a caller reserves the next free slot and sleeps until it comes, so
there is no polling and no contention. Two limits are kept at once, of the whole bot and of
the chat. A chat that must wait gets its chat slot first and asks for the bot's slot when
that has come: a slow chat never holds up the others. A 429 shuts the gate for everybody;
who waited or was refused queues up again.

Answers to people go before mass sends: mass sends reserve only a few slots ahead, and none
while an answer is waiting.
"""

import asyncio
import contextlib
import math
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, Protocol

from backend.platform.watch.metrics import TELEGRAM_WAIT

# A group takes 20 messages a minute: 5 at once and one every four seconds make exactly that.
GROUP = (4.0, 5)
# A private chat takes about one a second, and short bursts.
PRIVATE = (1.0, 5)
# Mass sends reserve this many seconds ahead: what an answer may wait behind them, and what
# evens out late wake-ups at high rates.
_AHEAD_SECONDS = 0.05


@dataclass(slots=True)
class Batch:
    """How the calls inside a `sending` block queue up."""

    mass: bool
    turn_taken: bool


_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextlib.contextmanager
def sending(*, mass: bool, turn_taken: bool) -> Iterator[None]:
    """Calls inside are part of a mass send and let answers to people go first. `turn_taken`:
    the first call has had its turn already; a repetition queues up like any other."""
    token = _batch.set(Batch(mass, turn_taken))
    try:
        yield
    finally:
        _batch.reset(token)


def current_batch() -> Batch | None:
    return _batch.get()


def chat_pace(chat: int) -> tuple[float, int]:
    """Seconds per message and messages at once; groups have negative ids."""
    return GROUP if chat < 0 else PRIVATE


@dataclass(frozen=True, slots=True)
class Slot:
    """Sleep `seconds`, then: "go"; "chat" = ask for the bot's slot; "shut" = ask again."""

    kind: Literal["go", "chat", "shut"]
    seconds: float


class Pacer(Protocol):
    async def turn(self, chat: int | None, *, cost: int = 1, mass: bool = False) -> None:
        """Return when a call that shows `cost` messages in `chat` may leave."""
        ...

    async def opened(self) -> None:
        """Return at once, or when the gate opens: for calls that show no message."""
        ...

    async def shut(self, seconds: float) -> None:
        """Telegram said 429: nobody passes for `seconds`."""
        ...

    async def aclose(self) -> None: ...


class Reservations(Protocol):
    """Where slots are kept: in memory, or in Redis for several processes."""

    async def reserve(self, chat: int | None, cost: int) -> Slot: ...

    async def shut(self, seconds: float) -> None: ...

    async def shut_for(self) -> float:
        """Seconds until the gate opens, 0 when it is open, as far as this process knows."""
        ...

    async def aclose(self) -> None: ...


class GatePacer:
    """A Pacer over reservations."""

    def __init__(self, reservations: Reservations, per_second: float) -> None:
        self._reservations = reservations
        self._mass = asyncio.Semaphore(max(2, math.ceil(per_second * _AHEAD_SECONDS)))
        self._answers = 0
        self._calm = asyncio.Event()
        self._calm.set()

    async def turn(self, chat: int | None, *, cost: int = 1, mass: bool = False) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            slot = await (self._step_of_mass(chat, cost) if mass else self._step(chat, cost))
            if slot.kind == "go":
                break
            await asyncio.sleep(slot.seconds)
            if slot.kind == "chat":
                chat = None
        TELEGRAM_WAIT.labels("mass" if mass else "answer").observe(loop.time() - began)

    async def opened(self) -> None:
        wait = await self._reservations.shut_for()
        while wait > 0:
            await asyncio.sleep(wait)
            wait = await self._reservations.shut_for()

    async def shut(self, seconds: float) -> None:
        await self._reservations.shut(seconds)

    async def aclose(self) -> None:
        await self._reservations.aclose()

    async def _step(self, chat: int | None, cost: int) -> Slot:
        self._answers += 1
        self._calm.clear()
        try:
            return await self._wait_for_slot(chat, cost)
        finally:
            self._answers -= 1
            if not self._answers:
                self._calm.set()

    async def _step_of_mass(self, chat: int | None, cost: int) -> Slot:
        async with self._mass:
            await self._calm.wait()
            return await self._wait_for_slot(chat, cost)

    async def _wait_for_slot(self, chat: int | None, cost: int) -> Slot:
        """The bot's slot is slept through here; other waits are the caller's, who then
        neither counts as a waiting answer nor holds a place of the mass sends."""
        slot = await self._reservations.reserve(chat, cost)
        if slot.kind != "go":
            return slot
        await asyncio.sleep(slot.seconds)
        shut = await self._reservations.shut_for()
        # Shut in the meantime: the chat's slot stays taken, the bot's is asked for anew.
        return Slot("chat", shut) if shut > 0 else slot
