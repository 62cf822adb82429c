"""The channels of a message in their order, as the plan of a campaign or a trigger keeps them.

`{"cascade": [{"channel": "telegram", "wait_minutes": 60, "arrived": "clicked"}, …]}`; beside it
`stale_minutes` (after which nobody is told any more) and `cheapest_first`. What may be entered is
checked in catalog/entries; what is read here was checked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from models.channel import ChannelName


class Arrived(StrEnum):
    """What counts as arrived."""

    # The other side has taken it.
    ACCEPTED = "accepted"
    # It is on the phone or in the mailbox.
    DELIVERED = "delivered"
    # They have followed its link.
    CLICKED = "clicked"


# Of these nobody reports that a message is there: that it was taken is all there is to know.
SILENT = frozenset({ChannelName.TELEGRAM.value, ChannelName.EMAIL.value})


@dataclass(frozen=True, slots=True)
class Step:
    """`wait`: for how long it may arrive, before the next has its turn."""

    channel: str
    wait: timedelta
    arrived: Arrived

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Step":
        wait = timedelta(minutes=int(kept.get("wait_minutes") or 0))
        return cls(kept["channel"], wait, Arrived(kept.get("arrived") or Arrived.ACCEPTED))

    @property
    def is_done_when_taken(self) -> bool:
        silent = self.arrived is Arrived.DELIVERED and self.channel in SILENT
        return silent or self.arrived is Arrived.ACCEPTED


@dataclass(frozen=True, slots=True)
class Cascade:
    """Each channel stands in it once. `stale`: None for what is never too late."""

    steps: Sequence[Step] = ()
    stale: timedelta | None = None
    cheapest_first: bool = False

    @classmethod
    def read(cls, plan: Mapping[str, Any]) -> "Cascade":
        minutes = plan.get("stale_minutes")
        return cls(
            tuple(Step.read(each) for each in plan.get("cascade") or ()),
            timedelta(minutes=int(minutes)) if minutes else None,
            bool(plan.get("cheapest_first")),
        )

    def step(self, channel: str) -> Step | None:
        return next((each for each in self.steps if each.channel == channel), None)

    def left(
        self, last: str, tried: Collection[str], prices: Mapping[str, int]
    ) -> list[tuple[int, str]]:
        """Channels that were not tried, each with its place: those behind the last one; or all, by
        their `prices` in kopecks, of channels that cost something."""
        found = [
            (place, each.channel)
            for place, each in enumerate(self.steps)
            if each.channel not in tried
        ]
        if self.cheapest_first:
            return sorted(found, key=lambda each: prices.get(each[1], 0))
        behind = next((n for n, each in enumerate(self.steps) if each.channel == last), 0)
        return [each for each in found if each[0] > behind]
