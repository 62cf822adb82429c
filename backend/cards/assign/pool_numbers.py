"""Numbers of the pool are set aside for many assignments, by a few statements."""

from collections.abc import Sequence

from backend.cards.assign.pool_number import ASSIGNED, assigned, free_for_assignments
from backend.cards.assign.written import ROWS, Wanted, add_many
from backend.outbox.announce import announce_all
from backend.platform.database import among, is_postgres, rows
from models.assignment import NumberFrom
from models.program import Program

# of all: numbers of the program $1
_FREE = free_for_assignments("id, printed_number, barcode_value", "$3")
# of all: numbers of the program $1
_TAKE = f"""
UPDATE pool_numbers SET status = 'reserved', reason = '{ASSIGNED}', changed_at = $2
WHERE program_id = $1 AND id {{among}}
"""  # noqa: S608  put together from constants


async def assign_many_of_pool(program: Program, wanted: Sequence[Wanted]) -> set[str]:
    """Inside a transaction; for whom something was made, by `own_index`. In the order given, as
    long as there are numbers. Whoever calls it steps the pool's level down."""
    made = set[str]()
    for first in range(0, len(wanted), ROWS):
        made |= await _some(program, wanted[first : first + ROWS])
    return made


async def _some(program: Program, wanted: Sequence[Wanted]) -> set[str]:
    at, lock = wanted[0].at, " FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    free = await rows(_FREE + lock, [program.id, at, len(wanted)])
    ids = {number["barcode_value"]: number["id"] for number in free}
    numbers = [(number["printed_number"], number["barcode_value"]) for number in free]
    made = await add_many(list(zip(wanted, numbers, strict=False)), NumberFrom.POOL)
    taken = [ids[row["barcode_value"]] for row in made]
    await rows(_TAKE.format(among=among(3)), [program.id, at, taken])
    await announce_all(at, [assigned(program, row["id"]) for row in made])
    return {row["own_index"] for row in made}
