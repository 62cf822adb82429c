"""A number is taken out of the pool for whoever is about to give it to somebody."""

from datetime import datetime, timedelta

from backend.cards.pool.pool_level import step_down
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.watch.audit import Change, note
from backend.restored.unsettled import NOT_PAUSED, refuse_while_unsettled
from models.audit_entry import Verb
from models.number_reservation import NumberReservation, ReservationState
from models.program import Program
from models.refusal import Code, Refusal

_TAKE = """
UPDATE pool_numbers SET status = 'reserved', changed_at = $2 WHERE id = (
    SELECT n.id FROM pool_numbers n WHERE n.program_id = $1 AND n.status = 'free'
    AND {not_paused} AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.program_id = $1
        AND (c.barcode_value = n.barcode_value OR c.printed_number = n.printed_number))
    ORDER BY n.id LIMIT 1{lock})
RETURNING id
"""


async def reserve_number(ctx: Context, program: Program, minutes: int) -> NumberReservation:
    """With its number. Refuses with pool_empty and issuing_paused."""
    now = ctx.clock()
    async with transaction():
        number_id = await take_free(program.id, now)
        reservation = await NumberReservation.create(
            program_id=program.id,
            number_id=number_id,
            state=ReservationState.RESERVED,
            created_at=now,
            expires_at=now + timedelta(minutes=minutes),
        )
        told = Change(after={"reservation": reservation.id})
        whose = program.account_id
        await note(ctx, Verb.RESERVE_NUMBER, "program", program.id, account_id=whose, change=told)
    ctx.wake.set()
    return reservation


async def take_free(program_id: int, now: datetime) -> int:
    """Inside a transaction: the id of a number that is reserved now. Two at once get two. Refuses
    with pool_empty and issuing_paused."""
    lock = " FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    found = await rows(_TAKE.format(not_paused=NOT_PAUSED, lock=lock), [program_id, now])
    if not found:
        await refuse_while_unsettled()
        raise Refusal(Code.POOL_EMPTY)
    await step_down(program_id, now)
    return int(found[0]["id"])
