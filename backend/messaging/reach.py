"""By which channel a person can be reached: that of a door at which they are known."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.platform.database import among, rows
from models.channel import ChannelName
from models.identity import Entrance, Identity

# The channel that leads to a door, the one that is tried first before the others.
CHANNELS = {Entrance.TELEGRAM: ChannelName.TELEGRAM}

_WAYS = """
SELECT customer_id, door, blocked_at FROM identities
WHERE customer_id {who} AND reachable_since IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """`blocked`: they want nothing there, and there is no other way."""

    channel: ChannelName
    blocked: bool


async def reach(customer_id: int) -> Reach | None:
    """None for somebody who has opened nothing yet: nothing can be told to them."""
    (way,) = await ways([customer_id])
    return way


async def ways(customer_ids: Sequence[int]) -> list[Reach | None]:
    """The same of each of many (backend/platform/together.py)."""
    at: dict[int, dict[str, datetime | None]] = {}
    for row in await rows(_WAYS.format(who=among(1)), [sorted(set(customer_ids))]):
        at.setdefault(row["customer_id"], {})[row["door"]] = row["blocked_at"]
    return [_way(at.get(each, {})) for each in customer_ids]


def _way(at: Mapping[str, datetime | None]) -> Reach | None:
    found = [
        Reach(channel, at[door] is not None) for door, channel in CHANNELS.items() if door in at
    ]
    return min(found, key=lambda way: way.blocked, default=None)


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
