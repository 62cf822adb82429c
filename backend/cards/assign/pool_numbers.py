"""Numbers of the pool are set aside for many assignments, by a few statements."""

from collections.abc import Sequence
from typing import Any

from backend.cards.assign.pool_number import ASSIGNED, FREE, assigned
from backend.cards.assign.written import COLUMNS, POSSIBLE, Wanted
from backend.outbox.announce import announce_all
from backend.platform.database import among, is_postgres, places, rows
from models.assignment import AssignmentState, Hindrance, NumberFrom
from models.program import Program

# Values of a statement are bounded.
ROWS = 500
# of all: numbers of the program $1
_FREE = FREE.format(more=", printed_number, barcode_value", possible=POSSIBLE, most="$3")
# Of two at once for the same person, the second makes none.
# of all: the values say whose it is
_ADD = f"""
INSERT INTO assignments ({COLUMNS}) VALUES {{rows}}
ON CONFLICT DO NOTHING RETURNING id, own_index, barcode_value
"""  # noqa: S608  put together from constants
# of all: numbers of the program $1
_TAKE = f"""
UPDATE pool_numbers SET status = 'reserved', reason = '{ASSIGNED}', changed_at = $2
WHERE program_id = $1 AND id {{among}}
"""  # noqa: S608  put together from constants
_BEGINNING = [AssignmentState.WAITING.value, Hindrance.NONE.value, NumberFrom.POOL.value]


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
    if not free:
        return set()
    new = [_row(*pair) for pair in zip(wanted, free, strict=False)]
    statement = _ADD.format(rows=places(len(new), len(new[0])))
    found = await rows(statement, [value for row in new for value in row])
    made = sorted(found, key=lambda row: int(row["id"]))
    ids = {number["barcode_value"]: number["id"] for number in free}
    taken = [ids[row["barcode_value"]] for row in made]
    await rows(_TAKE.format(among=among(3)), [program.id, at, taken])
    await announce_all(at, [assigned(program, row["id"]) for row in made])
    return {row["own_index"] for row in made}


def _row(wanted: Wanted, number: dict[str, Any]) -> list[Any]:
    carried = [number["printed_number"], number["barcode_value"]]
    return [*wanted.values(), *_BEGINNING, *carried]
