"""Numbers that were set aside are free again, when the account says that nobody has them."""

from collections.abc import Sequence

import orjson

from backend.cards.pool.pool_level import set_level
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.watch.audit import note
from models.audit_entry import Verb
from models.program import Program

_LEAVE = """
UPDATE pool_numbers SET status = 'free', reason = '', changed_at = $3
WHERE program_id = $1 AND printed_number IN ({given}) AND status = 'quarantined'
    AND reason <> 'replaced' AND NOT EXISTS (
        SELECT 1 FROM cards c WHERE c.program_id = $1
        AND (c.barcode_value = pool_numbers.barcode_value
            OR c.printed_number = pool_numbers.printed_number))
RETURNING printed_number
"""
_ON_POSTGRES = "SELECT jsonb_array_elements_text($2::jsonb)"
_ON_SQLITE = "SELECT value FROM json_each($2)"


async def leave_quarantine(ctx: Context, program: Program, printed: Sequence[str]) -> set[str]:
    """Which of them are free now. What was replaced, and what a card has or had, stays aside: it
    may be in somebody's hands."""
    given = _ON_POSTGRES if is_postgres() else _ON_SQLITE
    values = [program.id, orjson.dumps(list(printed)).decode(), ctx.clock()]
    async with transaction():
        found = await rows(_LEAVE.format(given=given), values)
        if found:
            await set_level(program.id)
            whose, number = program.account_id, len(found)
            await note(ctx, Verb.LEAVE_QUARANTINE, "program", program.id, number, account_id=whose)
    return {row["printed_number"] for row in found}
