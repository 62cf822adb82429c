"""A reserved number is somebody's from now on, or free again: the account says so, or the clock."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend.cards.pool.pool_level import set_level
from backend.events.numbers import ReservationsExpired
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import among, is_postgres, rows, transaction
from backend.platform.watch.audit import Change, note
from models.audit_entry import Verb
from models.number_reservation import NumberReservation, ReservationState
from models.pool_number import NumberStatus
from models.program import Program
from models.refusal import Code, Refusal

BATCH = 500
# of all: the reservation in hand
_END = """
UPDATE number_reservations SET state = $2, ended_at = $3
WHERE id = $1 AND state = 'reserved' AND expires_at > $3 RETURNING number_id
"""
# of all: the numbers of the reservations in hand
_MOVE = """
UPDATE pool_numbers SET status = $2, changed_at = $3 WHERE id {among} AND status = 'reserved'
"""
# of all: time is over for everybody
_OVER = """
UPDATE number_reservations SET state = 'expired', ended_at = $1 WHERE id IN (
    SELECT id FROM number_reservations WHERE state = 'reserved' AND expires_at <= $1
    ORDER BY expires_at LIMIT {batch}{lock})
RETURNING id, program_id, number_id,
    (SELECT account_id FROM programs p WHERE p.id = program_id) AS account_id
"""
_BECOMES = {
    ReservationState.COMMITTED: NumberStatus.ISSUED,
    ReservationState.RELEASED: NumberStatus.FREE,
}


async def end_reservation(
    ctx: Context, program: Program, reservation: NumberReservation, to: ReservationState
) -> None:
    """`to` is committed or released; again changes nothing. Refuses with reservation_ended what
    has ended otherwise, and what has run out."""
    async with transaction():
        ended = await rows(_END, [reservation.id, to.value, ctx.clock()])
        if ended:
            await _move([ended[0]["number_id"]], _BECOMES[to], ctx.clock())
            if to is ReservationState.RELEASED:
                await set_level(program.id)
            verb = Verb.COMMIT_NUMBER if to is ReservationState.COMMITTED else Verb.RELEASE_NUMBER
            told, whose = Change(after={"reservation": reservation.id}), program.account_id
            await note(ctx, verb, "program", program.id, account_id=whose, change=told)
        await reservation.refresh_from_db()
        if reservation.state is not to:
            raise Refusal(Code.RESERVATION_ENDED)


async def expire_reservations(ctx: Context) -> int:
    """The schedule: one batch in one transaction, announced once for each program; how many there
    were."""
    lock = " FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    async with transaction():
        over = await rows(_OVER.format(batch=BATCH, lock=lock), [ctx.clock()])
        if over:
            await _move([row["number_id"] for row in over], NumberStatus.FREE, ctx.clock())
        by_program = defaultdict[int, list[dict[str, Any]]](list)
        for row in over:
            by_program[row["program_id"]].append(row)
        for program_id in sorted(by_program):
            await set_level(program_id)
            some = by_program[program_id]
            ids = sorted(row["id"] for row in some)
            event = ReservationsExpired(program_id, some[0]["account_id"], ids)
            await announce(ctx.clock(), event)
    if over:
        ctx.wake.set()
    return len(over)


async def _move(number_ids: Sequence[int], to: NumberStatus, now: datetime) -> None:
    await rows(_MOVE.format(among=among(1)), [list(number_ids), to.value, now])


async def forget_reservations(before: datetime) -> int:
    """One batch of those that ended long ago; how many went."""
    # of all: nobody's are kept for longer
    old = await NumberReservation.filter(ended_at__lt=before).only("id").limit(BATCH)
    # of all: the batch in hand
    await NumberReservation.filter(id__in=[row.id for row in old] or [0]).delete()
    return len(old)
