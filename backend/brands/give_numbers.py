"""A tenant adds free numbers to the pool of one of its programs."""

from collections.abc import Sequence

from backend.brands.add_numbers import add_numbers
from backend.brands.keys import program_of
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from backend.platform.watch.audit import note
from catalog.entries.number import NumberEntry
from catalog.pack.numbers import NumberRow
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.pool_number import NumberStatus
from models.program import Program


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


async def count_numbers(program: Program) -> dict[str, int]:
    """How many there are of each status."""
    found = await rows(
        "SELECT status, count(*) AS number FROM pool_numbers WHERE program_id = $1 GROUP BY status",
        [program.id],
    )
    counted = {row["status"]: int(row["number"]) for row in found}
    return {status.value: counted.get(status.value, 0) for status in NumberStatus}
