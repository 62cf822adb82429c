"""How many requests a connection may have in a minute: each waits for its place."""

import asyncio
import time
from collections.abc import Callable


class Rate:
    """Places evenly apart, with a tenth of a minute's worth at once after a rest."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._apart = 60.0 / per_minute
        self._ahead = 6.0
        self._now = now
        self._next = now() - self._ahead

    def place(self) -> float:
        """Takes the next place; seconds until it comes, 0 for now."""
        now = self._now()
        self._next = max(self._next, now - self._ahead) + self._apart
        return max(self._next - now, 0.0)

    async def comes(self) -> None:
        if (seconds := self.place()) > 0:
            await asyncio.sleep(seconds)
