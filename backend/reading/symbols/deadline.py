"""How long a file may still be looked at."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """Seconds are of the clock given: monotonic."""

    clock: Callable[[], float]
    ends: float

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> "Deadline":
        return cls(clock, clock() + seconds)

    def passed(self) -> bool:
        return self.clock() >= self.ends
