"""Numbers that a brand gives along for many of its customers: those that nobody has heard of by a
few statements, the others one by one."""

from collections.abc import Sequence

from backend.cards.assign.given_number import take_given
from backend.cards.assign.pool_number import ASSIGNED, assigned
from backend.cards.assign.written import POSSIBLE, ROWS, Pair, add_many
from backend.cards.pool.insert_numbers import carried
from backend.outbox.announce import announce_all
from backend.platform.database import among_texts, listed_texts, places, rows
from models.assignment import NumberFrom
from models.pool_number import NumberStatus
from models.program import Program

# of all: asked of the program of the assignments
_POSSIBLE = f"SELECT 1 AS one WHERE {POSSIBLE}"
# Each by itself, as for who has one already (backend/cards/assign/standing.py).
_KNOWN = """
SELECT listed.value, (SELECT n.id FROM pool_numbers n WHERE n.program_id = $1
    AND n.barcode_value = listed.value) AS id
FROM {listed}
"""
_ADD = """
INSERT INTO pool_numbers (program_id, printed_number, barcode_value, changed_at, status, reason)
VALUES {rows} ON CONFLICT DO NOTHING RETURNING barcode_value
"""
_GONE = """
DELETE FROM pool_numbers
WHERE program_id = $1 AND status = 'reserved' AND barcode_value {among}
"""


async def assign_many_given(program: Program, pairs: Sequence[Pair]) -> set[str]:
    """Inside a transaction; for whom something was made, by `own_index`."""
    made = set[str]()
    for first in range(0, len(pairs), ROWS):
        some = pairs[first : first + ROWS]
        unheard = await _unheard_of(program.id, some)
        made |= await _add(program, [some[place] for place in sorted(unheard)])
        for place, (wanted, number) in enumerate(some):
            if place not in unheard and await take_given(wanted, *number) is not None:
                made.add(wanted.own_index)
    return made


async def _unheard_of(program_id: int, pairs: Sequence[Pair]) -> set[int]:
    """Places of numbers that no card has and the pool does not know, each once."""
    printed, values = zip(*(number for _, number in pairs), strict=True)
    known = await rows(_KNOWN.format(listed=listed_texts(2)), [program_id, list(values)])
    heard = {row["value"] for row in known if row["id"] is not None}
    taken = await carried(program_id, printed, values)
    first = {value: place for place, value in reversed(list(enumerate(values)))}
    return {place for value, place in first.items() if value not in heard} - taken


async def _add(program: Program, pairs: Sequence[Pair]) -> set[str]:
    """What the pool could not take, or nobody was given, leaves nothing there."""
    if not pairs or not await rows(_POSSIBLE, [program.id, pairs[0][0].at]):
        return set()
    at, stands = pairs[0][0].at, [NumberStatus.RESERVED.value, ASSIGNED]
    values = [[program.id, *number, at, *stands] for _, number in pairs]
    statement = _ADD.format(rows=places(len(values), len(values[0])))
    found = await rows(statement, [value for row in values for value in row])
    added = {row["barcode_value"] for row in found}
    made = await add_many([pair for pair in pairs if pair[1][1] in added], NumberFrom.GIVEN)
    left = added - {row["barcode_value"] for row in made}
    if left:
        await rows(_GONE.format(among=among_texts(2)), [program.id, sorted(left)])
    await announce_all(at, [assigned(program, row["id"]) for row in made])
    return {row["own_index"] for row in made}
