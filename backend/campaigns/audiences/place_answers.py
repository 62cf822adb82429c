"""What was said about advertising before the database kept where people live and whether they are
found (docs/decisions/0026-placed-consents.md): it is placed, some people at a time."""

from collections.abc import Collection

from backend.platform.context import Context
from backend.platform.database import among, is_postgres, rows, transaction
from backend.segments.placed import REACH

BATCH = 500
# of all: whoever was there before
_SOME = """
SELECT DISTINCT customer_id AS id FROM consent_states
WHERE purpose = 'advertising' AND reach IS NULL ORDER BY customer_id LIMIT $1
"""
# of all: the people in hand
_HOLD = "SELECT id FROM customers WHERE id {people} FOR UPDATE SKIP LOCKED"
# of all: the people in hand
_CHANGING = """
WITH held AS (SELECT id FROM {table} WHERE customer_id {people} FOR SHARE SKIP LOCKED)
SELECT customer_id AS id FROM {table} WHERE customer_id {people} AND id NOT IN (
    SELECT id FROM held)
"""
# of all: the people in hand
_PLACE = f"""
UPDATE consent_states AS s SET city_id = c.city_id, reach = {REACH} FROM customers c
WHERE c.id = s.customer_id AND s.purpose = 'advertising' AND s.customer_id {{people}}
"""  # noqa: S608


async def place_answers(_ctx: Context) -> int:
    """A batch of people; how many it were. Whoever is just being changed is left for the next."""
    found = [row["id"] for row in await rows(_SOME, [BATCH])]
    if found:
        await place(found)
    return len(found)


async def place(people: Collection[int]) -> None:
    async with transaction():
        held = await _held(sorted(people)) if is_postgres() else sorted(people)
        await rows(_PLACE.format(people=among(1)), [held])


async def _held(people: list[int]) -> list[int]:
    """Nobody waits for anybody here: those who are locked by others are left out."""
    locked = {row["id"] for row in await rows(_HOLD.format(people=among(1)), [people])}
    for table in ("identities", "contacts"):
        changing = _CHANGING.format(table=table, people=among(1))
        locked -= {row["id"] for row in await rows(changing, [sorted(locked)])}
    return sorted(locked)
