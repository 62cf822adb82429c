"""Which people are in which segments of an account."""

from collections.abc import Collection
from datetime import datetime

from backend.platform.database import among, rows
from backend.segments.where import where
from backend.segments.whose import whose
from models.segment import Segment

# of all: the people in hand
_IN = "SELECT c.id FROM customers c WHERE c.id {people} AND {meant}"


async def members_of(
    keys: Collection[str], brand_id: int, people: Collection[int], now: datetime
) -> dict[str, set[int]]:
    """By segment, in the name of a brand of its account. Nobody is in one that there is not, or not
    any more."""
    if not keys or not people:
        return {}
    asked = await whose(brand_id)
    held = Segment.filter(account_id=asked.account_id, archived_at__isnull=True)
    found = {}
    for segment in await held.filter(key__in=sorted(keys)):
        meant, values = where(segment.tree, 1, brand=asked, now=now)
        inside = await rows(_IN.format(people=among(1), meant=meant), [sorted(people), *values])
        found[segment.key] = {int(row["id"]) for row in inside}
    return found
