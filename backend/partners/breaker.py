"""While the other side fails nobody waits for it, but one who looks whether it is back."""

import time
from collections.abc import Callable
from datetime import timedelta

from backend.platform.failures import TryLater

# Failures in a row after which it opens.
FAILURES = 3
FIRST_SECONDS = 2.0
LONGEST_SECONDS = 30.0


class Breaker:
    """Of one connection in one process. Closed it lets everybody through. Open it refuses at once;
    after a pause that doubles it lets one probe through, whose end decides."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failed = 0
        self._closes_at = 0.0
        self._probing = False

    def admit(self) -> None:
        """Raises TryLater (with `after`) instead of letting somebody wait."""
        if self._failed < FAILURES:
            return
        left = self._closes_at - self._now()
        if left > 0 or self._probing:
            raise TryLater("the other side is away", timedelta(seconds=max(left, 1.0)))
        self._probing = True

    def well(self) -> None:
        self._failed, self._probing = 0, False

    def failed(self) -> None:
        self._failed += 1
        self._probing = False
        beyond = min(max(self._failed - FAILURES, 0), 10)
        self._closes_at = self._now() + min(FIRST_SECONDS * 2**beyond, LONGEST_SECONDS)

    def left(self) -> None:
        """Whoever asked went away without an answer: that says nothing of the other side."""
        self._probing = False
