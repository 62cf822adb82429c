"""How often one address may ask: a bucket per address, in memory of this process."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

_MOST_ADDRESSES = 20_000


@dataclass(slots=True)
class RateLimit:
    """`burst` at once, then `per_second`. `seconds` is a monotonic clock."""

    per_second: float = 20.0
    burst: int = 60
    seconds: Callable[[], float] = time.monotonic
    _free_at: dict[str, float] = field(default_factory=dict)

    def wait(self, address: str) -> float:
        """Seconds until this address may ask again; 0 = it may now, and has."""
        now = self.seconds()
        free = self._free_at.get(address, 0.0)
        allowed = free - (self.burst - 1) / self.per_second
        if allowed > now:
            return allowed - now
        self._free_at[address] = max(now, free) + 1 / self.per_second
        if len(self._free_at) > _MOST_ADDRESSES:
            self._free_at = {one: at for one, at in self._free_at.items() if at > now}
        return 0.0
