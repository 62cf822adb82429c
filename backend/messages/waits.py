"""Which recipients of campaigns have to wait, and how often each has failed.

In the memory of the one process that sends: a restart tries everybody again at once. Measured by
the event loop's own time, which no clock that is put right can turn back.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

# 2, 4, 8 … seconds, an hour at most: about three hours until somebody is given up.
FIRST_SECONDS = 2.0
LONGEST_SECONDS = 3600.0
MOST_FAILURES = 14


@dataclass(slots=True)
class Waits:
    """`interrupted` are the campaigns of which this process has settled what an earlier one left
    in the middle of a send."""

    first: float = FIRST_SECONDS
    longest: float = LONGEST_SECONDS
    most: int = MOST_FAILURES
    interrupted: set[int | None] = field(default_factory=set)
    _failures: dict[int, int] = field(default_factory=dict)
    _due: dict[int, float] = field(default_factory=dict)

    def due(self, delivery_id: int) -> bool:
        return self._due.get(delivery_id, 0.0) <= _now()

    def asked_to_wait(self, delivery_id: int, after: timedelta) -> None:
        """The channel is busy for everybody: no failure of this recipient's."""
        self._due[delivery_id] = _now() + min(after.total_seconds(), self.longest)

    def failed(self, delivery_id: int) -> bool:
        """True when that was once too often."""
        times = self._failures[delivery_id] = self._failures.get(delivery_id, 0) + 1
        pause = min(self.first * 2.0 ** min(times - 1, 20), self.longest)
        self._due[delivery_id] = _now() + pause
        return times >= self.most

    def over(self, delivery_id: int) -> None:
        self._failures.pop(delivery_id, None)
        self._due.pop(delivery_id, None)


def _now() -> float:
    return asyncio.get_running_loop().time()
