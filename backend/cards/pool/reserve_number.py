"""A number is taken out of the pool for whoever is about to give it to somebody."""

from datetime import datetime, timedelta

from backend.cards.pool.pool_level import step_down
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.watch.audit import Change, note
from backend.restored.unsettled import NOT_PAUSED, refuse_while_unsettled
from models.audit_entry import Verb
from models.number_reservation import NumberReservation, ReservationState
from models.pool_number import CARRIED_BY_NOBODY, free_numbers
from models.program import Program
from models.refusal import Code, Refusal

# of all: a number of the program $1
_TAKE = f"""
UPDATE pool_numbers SET status = 'reserved', changed_at = $2
WHERE id = ({free_numbers("$1", "id", more=f" AND {NOT_PAUSED}" + CARRIED_BY_NOBODY)}{{lock}})
RETURNING id
"""  # noqa: S608  put together from constants


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
    found = await rows(_TAKE.format(lock=lock), [program_id, now])
    if not found:
        await refuse_while_unsettled()
        raise Refusal(Code.POOL_EMPTY)
    await step_down(program_id, now)
    return int(found[0]["id"])
