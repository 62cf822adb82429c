"""An assignment ends without a card: its time is over, or the brand takes it back. The number goes
back to where it came from; of the person only the brand's own id stays, for a while."""

from backend.cards.assign.named import Named, waiting_for
from backend.cards.pool.pool_level import set_level
from backend.events.numbers import AssignmentExpired
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import is_postgres, loaded, rows, transaction
from backend.platform.watch.audit import note
from models.assignment import Assignment, AssignmentState, NumberFrom
from models.audit_entry import Verb
from models.program import Program
from models.refusal import Code, Refusal

BATCH = 200
# of all: whosever, their time is over
_OVER = """
SELECT * FROM assignments WHERE state = 'waiting' AND expires_at <= $1
ORDER BY expires_at, id LIMIT $2{lock}
"""
_FREE = """
UPDATE pool_numbers SET status = 'free', reason = '', changed_at = $3
WHERE program_id = $1 AND barcode_value = $2 AND status = 'reserved'
"""
_GONE = """
DELETE FROM pool_numbers WHERE program_id = $1 AND barcode_value = $2 AND status = 'reserved'
"""


async def announce_over(ctx: Context) -> int:
    """The schedule: one batch of those whose time is over; how many."""
    lock = " FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    async with transaction():
        found = await rows(_OVER.format(lock=lock), [ctx.clock(), BATCH])
        over = [loaded(Assignment, row) for row in found]
        await _end_all(ctx, over)
        if over:
            await note(ctx, Verb.END_ASSIGNMENTS, "assignment", amount=len(over))
    ctx.wake.set()
    return len(over)


async def end_over(ctx: Context, assignment_id: int) -> None:
    """One whose time is over, before the schedule has come to it."""
    async with transaction():
        row = await _waiting(assignment_id)
        if row is not None:
            await _end_all(ctx, [row])


async def withdraw_assignment(ctx: Context, row: Assignment) -> None:
    """By the brand; again changes nothing. Refuses with assignment_claimed when somebody has the
    card."""
    async with transaction():
        waiting = await _waiting(row.id)
        if waiting is not None:
            (program,) = await _end_all(ctx, [waiting], AssignmentState.WITHDRAWN)
            whose = program.account_id
            await note(ctx, Verb.WITHDRAW_ASSIGNMENT, "assignment", row.id, account_id=whose)
    await row.refresh_from_db()
    if row.state is AssignmentState.CLAIMED:
        raise Refusal(Code.ASSIGNMENT_CLAIMED)
    ctx.wake.set()


async def end_meant_for(ctx: Context, customer_id: int) -> None:
    """Inside the transaction of a deletion, while the contacts are there: what brands have told of
    this person goes too, whether or not they came for it."""
    named = await waiting_for(customer_id)
    # of all: whichever brand has named this very contact
    found = Assignment.filter(id__in=named or [0], state=AssignmentState.WAITING)
    await _end_all(ctx, await found.order_by("id").select_for_update())


async def _waiting(assignment_id: int) -> Assignment | None:
    # of all: the row that the caller has in hand
    found = Assignment.filter(id=assignment_id, state=AssignmentState.WAITING)
    return await found.select_for_update().first()


async def _end_all(
    ctx: Context, held: list[Assignment], state: AssignmentState = AssignmentState.EXPIRED
) -> list[Program]:
    """Inside the transaction that holds the rows; their programs."""
    now = ctx.clock()
    programs = await Program.filter(id__in=sorted({row.program_id for row in held}) or [0])
    accounts = {program.id: program.account_id for program in programs}
    for row in held:
        await _number_back(ctx, row)
        named = Named.of(ctx, row)
        row.sealed = Named(named.own_id).seal(ctx.vault)
        row.state, row.ended_at, row.phone_index, row.email_index = state, now, "", ""
        await row.save()
        program, account = row.program_id, accounts[row.program_id]
        await announce(now, AssignmentExpired(row.id, program, account, state.value))
    for program_id in sorted(accounts):
        await set_level(program_id)
    return programs


async def _number_back(ctx: Context, row: Assignment) -> None:
    if row.number_from is NumberFrom.POOL:
        await rows(_FREE, [row.program_id, row.barcode_value, ctx.clock()])
    if row.number_from is NumberFrom.GIVEN:
        await rows(_GONE, [row.program_id, row.barcode_value])
