"""How long a file may still be looked at."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """Seconds of the clock given: this thread's CPU, so that a busy machine takes nothing away."""

    clock: Callable[[], float]
    ends: float

    @classmethod
    def after(cls, seconds: float, clock: Callable[[], float] = time.thread_time) -> "Deadline":
        return cls(clock, clock() + seconds)

    def passed(self) -> bool:
        return self.clock() >= self.ends
