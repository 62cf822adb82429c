"""How long until the next attempt."""

import random
from datetime import timedelta

FIRST = 2.0
LONGEST = 3600.0


def backoff(number: int, asked: timedelta | None = None) -> timedelta:
    """Exponential from two seconds to an hour, with jitter so that the deliveries of one
    outage do not come back together. `asked`: the other side's own wish, taken as the least.
    """
    # The exponent is bounded before the power: attempts count into the hundreds.
    most = min(FIRST * 2 ** min(number - 1, 20), LONGEST)
    drawn = timedelta(seconds=random.uniform(most / 2, most))  # noqa: S311  no secret
    return max(drawn, asked) if asked else drawn
