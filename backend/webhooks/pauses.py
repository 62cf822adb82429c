"""How long until the next attempt: growing pauses, for three days."""

import random
from datetime import timedelta

LASTS = timedelta(days=3)
_MINUTE = 60
# Seconds; the last one again and again.
PAUSES = (
    5, 30, 2 * _MINUTE, 10 * _MINUTE, 30 * _MINUTE, 60 * _MINUTE, 120 * _MINUTE, 240 * _MINUTE,
    360 * _MINUTE, 480 * _MINUTE,
)  # fmt: skip
# What the other side may ask for at most.
LONGEST_ASKED = timedelta(hours=1)


def pause(failed: int, asked: timedelta | None = None) -> timedelta:
    """After the `failed`th failure, from 1; with jitter, so that the webhooks of one outage do not
    come back together. `asked`: the other side's own wish, taken as the least."""
    seconds = PAUSES[min(failed, len(PAUSES)) - 1]
    drawn = timedelta(seconds=random.uniform(0.8 * seconds, 1.2 * seconds))  # noqa: S311  no secret
    return max(drawn, min(asked, LONGEST_ASKED)) if asked else drawn
