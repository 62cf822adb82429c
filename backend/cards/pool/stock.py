"""Whether somebody can get a card of a program now."""

from collections.abc import Collection

from backend.platform.database import among, rows
from models.customer import Customer
from models.pool_number import free_numbers
from models.program import FROM_POOL_SQL

# of all: the pool of each program that is asked about
_EMPTY = f"""
SELECT p.id FROM programs p WHERE p.id {{asked}} AND p.processor IN {FROM_POOL_SQL}
AND NOT EXISTS (SELECT 1 FROM ({free_numbers("p.id")}) AS free)
AND NOT EXISTS (SELECT 1 FROM cards k WHERE k.program_id = p.id AND k.customer_id = $2)
"""  # noqa: S608  put together from constants


async def pools_empty_for(customer: Customer, program_ids: Collection[int]) -> set[int]:
    """Programs without a free number; one whose card this person had removed keeps its number."""
    if not program_ids:
        return set()
    found = await rows(_EMPTY.format(asked=among(1)), [list(program_ids), customer.id or 0])
    return {int(row["id"]) for row in found}
