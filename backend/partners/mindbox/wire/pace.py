"""How fast an endpoint is asked: so many requests a minute of each operation, slower for a while
after it said 429. Of one process: several that share an endpoint divide the number between them."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.partners.mindbox.wire.errors import RateLimited

PER_MINUTE = 8_000
IMPORTS_PER_HOUR = 60
LONGEST_PENALTY = 60.0
DAILY_PENALTY = 900.0
LONGEST_DAILY_PENALTY = 7_200.0
MOST_LEVELS = 8

Key = tuple[str, str]


@dataclass(slots=True)
class _Lane:
    """`due`: when the next would come if all came evenly. `level`: refusals not yet lived down."""

    due: float = 0.0
    closed_until: float = 0.0
    level: int = 0
    since: float = 0.0


@dataclass
class Pace:
    """A twentieth of the limit may come at once, the rest evenly: no minute ever sees more."""

    per_minute: int = PER_MINUTE
    imports_per_hour: int = IMPORTS_PER_HOUR
    clock: Callable[[], float] = time.monotonic
    _lanes: dict[Key, _Lane] = field(default_factory=dict)
    _imports: dict[str, deque[float]] = field(default_factory=dict)

    def turn(self, key: Key, patience: float) -> float:
        """How many seconds to wait before this request; its place is taken. Raises RateLimited when
        it would be more than `patience`."""
        now, lane = self.clock(), self._lane(key)
        burst = max(1, self.per_minute // 20)
        even = 60.0 / max(1, self.per_minute - burst) * 2.0 ** min(lane.level, 4)
        due = max(lane.due, now)
        wait = max(due - (burst - 1) * even - now, lane.closed_until - now, 0.0)
        if wait > patience:
            raise RateLimited(wait, sent=False)
        lane.due = due + even
        return wait

    def refused(self, key: Key, after: float | None, *, daily: bool) -> float:
        """429: for how many seconds this operation is not asked any more. Each time it is twice as
        long, and the requests after that come half as fast."""
        now, lane = self.clock(), self._lane(key)
        lane.level, lane.since = min(lane.level + 1, MOST_LEVELS), now
        first, most = (DAILY_PENALTY, LONGEST_DAILY_PENALTY) if daily else (1.0, LONGEST_PENALTY)
        wait = max(min(first * 2.0 ** (lane.level - 1), most), after or 0.0)
        lane.closed_until = max(lane.closed_until, now + wait)
        return wait

    def answered(self, key: Key) -> None:
        """A minute without a refusal makes it twice as fast again."""
        now, lane = self.clock(), self._lane(key)
        if lane.level and now - max(lane.since, lane.closed_until) >= 60.0:
            lane.level, lane.since = lane.level - 1, now

    def import_turn(self, endpoint: str) -> None:
        """Raises RateLimited when the hour has seen as many imports as it may."""
        now = self.clock()
        seen = self._imports.setdefault(endpoint, deque())
        while seen and now - seen[0] >= 3600.0:
            seen.popleft()
        if len(seen) >= self.imports_per_hour:
            raise RateLimited(3600.0 - (now - seen[0]), sent=False)
        seen.append(now)

    def _lane(self, key: Key) -> _Lane:
        return self._lanes.setdefault(key, _Lane())
