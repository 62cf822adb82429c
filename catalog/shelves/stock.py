"""Which programs have a free number for somebody new."""

from collections.abc import Collection

from tortoise.expressions import RawSQL

from catalog.scope import programs_by_id
from models.pool_number import free_numbers
from models.program import FROM_POOL

# of all: the pool of the current program
_HAS_FREE = (
    f"CASE WHEN EXISTS (SELECT 1 FROM ({free_numbers('programs.id')}) AS free) THEN 1 ELSE 0 END"  # noqa: S608
)


async def out_of_numbers(program_ids: Collection[int]) -> set[int]:
    """Those of the programs whose pool has no free number, in one statement."""
    if not program_ids:
        return set()
    asked = programs_by_id(set(program_ids)).filter(processor__in=FROM_POOL)
    found = await asked.annotate(has_free=RawSQL(_HAS_FREE)).values_list("id", "has_free")
    return {int(program_id) for program_id, has_free in found if not has_free}
