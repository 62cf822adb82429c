"""How often one key may ask: evenly apart, after a rest a few at once."""

import asyncio
import time
from collections.abc import Callable


class Pace:
    """`seconds` is a clock that never goes back."""

    def __init__(
        self, per_second: float, burst: int = 5, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._apart = 1 / per_second
        self._ahead = burst * self._apart
        self._seconds = seconds
        self._next = seconds() - self._ahead

    def wait(self) -> float:
        """Takes the next place; how long until it comes."""
        now = self._seconds()
        self._next = max(self._next, now - self._ahead) + self._apart
        return max(self._next - now, 0.0)

    async def place(self) -> None:
        if (seconds := self.wait()) > 0:
            await asyncio.sleep(seconds)
