"""Brands that people can have something of for the first time get the next number, whichever way
their offers were published: by a pack, by the operator, by the time of their schedule."""

from datetime import datetime

from backend.platform.database import rows, transaction
from catalog.shelves.joined import brands_waiting

# Numbers are unique and each is the one after the last: of two that give one at once the second
# waits for the first and fails, so they follow the commits and nobody is passed over. Ids of before
# there were numbers stand in `brands_until` of cards: no number is below them.
# of all: one brand at a time, behind all others
_NEXT = """
UPDATE brands SET joined_seq = 1 + (SELECT max(last) FROM (
    SELECT max(id) AS last FROM brands
    UNION ALL SELECT max(joined_seq) AS last FROM brands) AS given)
WHERE id = $1 AND joined_seq IS NULL
"""


async def number_joined(now: datetime) -> int:
    """How many there were."""
    found = await brands_waiting(now)
    for brand in found:
        async with transaction():
            await rows(_NEXT, [brand.id])
    return len(found)
