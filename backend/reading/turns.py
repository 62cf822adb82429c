"""Who may use a process next: whoever used least of late, so that nobody makes all others wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

EACH = 2
"""Files of one person that are read or wait."""
PATIENCE = 60.0
HALF_LIFE = 120.0
_MOST_REMEMBERED = 1_000


class Busy(Exception):
    """Too many wait already, or one has waited too long."""


@dataclass(slots=True)
class Spent:
    """Seconds that each person has used; half is forgotten in two minutes."""

    clock: Callable[[], float] = time.monotonic
    _used: dict[int, tuple[float, float]] = field(default_factory=dict)

    def of(self, who: int | None) -> float:
        if who is None or who not in self._used:
            return 0.0
        seconds, at = self._used[who]
        return float(seconds * 0.5 ** ((self.clock() - at) / HALF_LIFE))

    def add(self, who: int | None, seconds: float) -> None:
        if who is None:
            return
        self._used[who] = self.of(who) + seconds, self.clock()
        if len(self._used) > _MOST_REMEMBERED:
            self._used = {each: used for each, used in self._used.items() if self.of(each) > 1}


class Turns:
    """`places` at once, `waiting` more in line. `who` None is nobody in particular."""

    def __init__(self, places: int, waiting: int, clock: Callable[[], float] = time.monotonic):
        self._free = places
        self._most = places + waiting
        self._clock = clock
        self._spent = Spent(clock)
        self._here: list[int | None] = []
        self._line: list[tuple[int | None, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def turn(self, who: int | None) -> AsyncIterator[None]:
        """Raises Busy."""
        if len(self._here) >= self._most or (who is not None and self._here.count(who) >= EACH):
            raise Busy
        self._here.append(who)
        try:
            await self._place(who)
            began = self._clock()
            try:
                yield
            finally:
                self._spent.add(who, self._clock() - began)
                self._pass_on()
        finally:
            self._here.remove(who)

    async def _place(self, who: int | None) -> None:
        if self._free > 0:
            self._free -= 1
            return
        place = asyncio.get_running_loop().create_future()
        self._line.append((who, place))
        try:
            async with asyncio.timeout(PATIENCE):
                await place
        except BaseException as ended:
            if place.done() and not place.cancelled():
                self._pass_on()  # it came in the same moment
            else:
                self._line = [each for each in self._line if each[1] is not place]
            if isinstance(ended, TimeoutError):
                raise Busy from ended
            raise

    def _pass_on(self) -> None:
        if not self._line:
            self._free += 1
            return
        first = min(self._line, key=lambda each: self._spent.of(each[0]))
        self._line.remove(first)
        first[1].set_result(None)
