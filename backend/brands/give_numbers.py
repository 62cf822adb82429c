"""A tenant adds free numbers to the pool of one of its programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.brands.add_numbers import add_numbers
from backend.brands.keys import program_of
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.dialect import moment
from backend.platform.watch.audit import note
from catalog.entries.number import NumberEntry
from catalog.pack.numbers import NumberRow
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.pool_number import NumberStatus
from models.program import Program

WINDOW = timedelta(days=28)
# Farther than that nobody looks.
FARTHEST_DAYS = 3650
_COUNT = """
SELECT status, count(*) AS number, min(changed_at) AS first,
    sum(CASE WHEN changed_at >= $2 THEN 1 ELSE 0 END) AS lately
FROM pool_numbers WHERE program_id = $1 GROUP BY status
"""


async def give_numbers(
    ctx: Context, scope: Scope, program_key: str, numbers: Sequence[NumberEntry]
) -> int:
    """How many are new; those that are there already are left as they are. Refuses with
    program_not_found."""
    program = await program_of(scope, program_key)
    given = (NumberRow(each.printed_number, each.barcode_value) for each in numbers)
    async with transaction():
        fresh = await add_numbers(program.id, given, ctx.clock())
        if fresh:
            whose = program.account_id
            await note(ctx, Verb.LOAD_NUMBERS, "program", program.id, fresh, account_id=whose)
    ctx.rules.forget()
    return fresh


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of each status, and in how many days none is left, when as many are taken
    as in the last weeks; None when nobody can say."""

    by_status: dict[str, int]
    empty_in_days: int | None


async def count_numbers(program: Program, now: datetime) -> Counted:
    found = {row["status"]: row for row in await rows(_COUNT, [program.id, now - WINDOW])}
    counted = {
        status.value: int(found[status.value]["number"]) if status.value in found else 0
        for status in NumberStatus
    }
    issued = found.get(NumberStatus.ISSUED.value)
    lately = int(issued["lately"]) if issued is not None else 0
    since = moment(issued["first"]) if issued is not None else now
    return Counted(counted, empty_in(counted["free"], lately, now - since))


def empty_in(free: int, taken: int, age: timedelta) -> int | None:
    """`taken` in the last weeks, or since the first one was, `age` ago."""
    if not taken:
        return None
    days = free * min(max(age, timedelta(days=1)), WINDOW) / taken / timedelta(days=1)
    return int(days) if days <= FARTHEST_DAYS else None
