"""What Telegram bounds, as far as it says, and how far each bound gives way.

docs/decisions/0011-pace.md tells where each number comes from. Telegram names few of them and
none of them as exact, so that each is where the bot begins, and a 429 lowers it.
"""

import math
from dataclasses import dataclass

# A group takes 20 messages a minute: 5 at once and one every four seconds make exactly that.
GROUP_SECONDS, GROUP_BURST = 4.0, 5
# A private chat takes about one a second, and short bursts: as many as a group takes in a minute,
# but for two, because calls may arrive closer together than they left.
PRIVATE_SECONDS, PRIVATE_BURST = 1.0, 18
# Answers to people have no bound of the bot's that Telegram names; no bot is promised more.
ANSWERS_PER_SECOND = 1000.0
# What a 429 leaves of a bound.
KEPT = 0.5
# New messages in answer to people take the places of a campaign, but no more than a second's.
MOST_DEBT = 1.0


@dataclass(frozen=True, slots=True)
class Bound:
    """`most`: where it begins. `least`: where no 429 lowers it any further; using no more than
    that was never to blame. `lift`: what a second without a 429 gives back."""

    most: float
    least: float
    lift: float


@dataclass(slots=True)
class Learned:
    """A bound as 429s have taught it: it falls by half and rises by a little."""

    bound: Bound
    low: float = math.inf
    since: float = 0.0

    def at(self, now: float) -> float:
        return min(self.bound.most, self.low + (now - self.since) * self.bound.lift)

    def lower(self, now: float, used: float) -> bool:
        """Whether it was to blame, so that it is lower now."""
        if used <= self.bound.least:
            return False
        self.low = max(self.bound.least, min(used, self.at(now)) * KEPT)
        self.since = now
        return True


@dataclass(frozen=True, slots=True)
class Bounds:
    """`bulk`: new messages a second that nobody has asked for. `answers`: calls a second for
    those who have tapped or written. `burst`: messages at once in a private chat. `paid`: new
    messages a second that are paid for, beside `bulk`."""

    bulk: Bound
    answers: Bound
    burst: Bound
    paid: Bound


def bounds_of(per_second: float, paid: float = 0.0) -> Bounds:
    """`paid` 0: nobody asks for it."""
    paid = paid or per_second
    return Bounds(
        paid=Bound(paid, paid / 8, paid / 600),
        bulk=Bound(per_second, per_second / 8, per_second / 600),
        # Telegram is known to take so many of whatever kind.
        answers=Bound(max(ANSWERS_PER_SECOND, per_second), per_second, 1.0),
        # A screen takes up to three calls. One more an hour: a 429 silences everybody.
        burst=Bound(PRIVATE_BURST, 3, 1 / 3600),
    )
