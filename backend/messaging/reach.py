"""By which channel a person can be reached: that of a door at which they are known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from backend.platform.database import rows
from models.channel import ChannelName
from models.identity import Entrance, Identity

# The channel that leads to a door, the one that is tried first before the others.
CHANNELS = {Entrance.TELEGRAM: ChannelName.TELEGRAM}

_WAYS = """
SELECT door, blocked_at FROM identities
WHERE customer_id = $1 AND reachable_since IS NOT NULL
"""
# For statements about a customer `c`: whether they blocked us at the door `$2`.
BLOCKED = """
EXISTS (SELECT 1 FROM identities i
    WHERE i.customer_id = c.id AND i.door = $2 AND i.blocked_at IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """`blocked`: they want nothing there, and there is no other way."""

    channel: ChannelName
    blocked: bool


async def reach(customer_id: int) -> Reach | None:
    """None for somebody who has opened nothing yet: nothing can be told to them."""
    at = {row["door"]: row["blocked_at"] for row in await rows(_WAYS, [customer_id])}
    ways = [
        Reach(channel, at[door] is not None) for door, channel in CHANNELS.items() if door in at
    ]
    return min(ways, key=lambda way: way.blocked, default=None)


async def reachable(customer_ids: Collection[int]) -> set[int]:
    """Those who have opened something: a schedule asks for all of a batch at once."""
    if not customer_ids:
        return set()
    found = Identity.filter(customer_id__in=customer_ids, reachable_since__isnull=False)
    return {int(str(each)) for each in await found.values_list("customer_id", flat=True)}


def door_of(channel: str) -> str:
    """The door that this channel leads to; "" when it leads to none."""
    return next((door.value for door, name in CHANNELS.items() if name == channel), "")


async def note_gone(customer_id: int, channel: str, now: datetime) -> None:
    """The channel said so. The first time counts."""
    door = door_of(channel)
    if door:
        there = Identity.filter(customer_id=customer_id, door=door, blocked_at__isnull=True)
        await there.update(blocked_at=now)
