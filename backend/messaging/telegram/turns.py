"""The turns of deliveries: near enough to write down that they begin, then at the very moment.

Requests that leave one statement or three after their slot come in bunches when the database is
busy. So a delivery is told a little ahead, by as long as what comes before has lately taken, and
leaves when its slot is there.
"""

import asyncio
import math
from collections.abc import Sequence
from datetime import timedelta

from backend.messaging.channel import TurnsOfMany
from backend.messaging.telegram.pace import Call, Lane, Pacer
from backend.platform.failures import TryLater

# Nothing should take longer that is written down in one statement.
_MOST_AHEAD = 0.05
# Hand-overs at once, whatever the pace: fewer than the connections to Telegram.
_MOST_AT_ONCE = 400
# Those that are asked about together leave within so long, and are so many at most.
_TOGETHER_SECONDS, _MOST_TOGETHER = 0.02, 25
# How much of the newest measure goes into the mean.
_NEWEST = 0.1


class DeliveryTurns:
    """`paid`: of those that are paid for."""

    def __init__(self, pacer: Pacer, *, paid: bool = False) -> None:
        self._pacer = pacer
        self._paid = paid
        # Seconds, running means.
        self._before = 0.0
        self._request = 0.0

    async def near(self, call: Call) -> "DeliveryTurn":
        at = await self._pacer.turn(call, ahead=min(_MOST_AHEAD, 1.5 * self._before))
        return DeliveryTurn(self, self._pacer, at)

    async def near_many(self, chats: Sequence[int], lane: Lane) -> TurnsOfMany:
        """The same for some at a time. See backend.messaging.channel.PacesMany."""
        ahead = min(_MOST_AHEAD, 1.5 * self._before)
        return await self._pacer.near(chats, lane, ahead=ahead)

    def some(self) -> int:
        """As many as leave in a moment."""
        return max(1, min(_MOST_TOGETHER, round(self._per_second * _TOGETHER_SECONDS)))

    @property
    def _per_second(self) -> float:
        return self._pacer.paid_per_second if self._paid else self._pacer.per_second

    async def shut_for(self) -> float:
        return await self._pacer.shut_for()

    def began(self, seconds: float) -> None:
        """What came between near and the moment took so long."""
        self._before += _NEWEST * (seconds - self._before)

    def answered(self, seconds: float) -> None:
        """A request did."""
        self._request += _NEWEST * (seconds - self._request)

    def at_once(self) -> int:
        """How many must be on their way for the pace: pace x time, and as much again for what
        comes before and after."""
        needed = 2 * self._per_second * (self._before + self._request)
        return min(_MOST_AT_ONCE, math.ceil(needed))


class DeliveryTurn:
    def __init__(self, turns: DeliveryTurns, pacer: Pacer, at: float) -> None:
        self._turns = turns
        self._pacer = pacer
        self._at = at
        self._near = asyncio.get_running_loop().time()

    async def comes(self) -> None:
        """See backend.messaging.channel.Turn."""
        now = asyncio.get_running_loop().time()
        self._turns.began(now - self._near)
        await asyncio.sleep(self._at - now)
        shut = await self._pacer.shut_for()
        if shut > 0:
            raise TryLater("too many requests", timedelta(seconds=shut))
