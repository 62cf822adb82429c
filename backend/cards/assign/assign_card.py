"""A brand assigns a card to one of its customers: with a number of the pool, or one that it gives.

It waits for whoever proves the contact that the brand has named. The same customer of the brand
again is the same assignment.
"""

from dataclasses import dataclass
from datetime import timedelta

from backend.cards.assign.given_number import take_given
from backend.cards.assign.named import Named, own_index
from backend.cards.assign.pool_number import assign_of_pool
from backend.cards.assign.standing import differing, refuse_while_none_is_given, standing
from backend.cards.assign.token import new_nonce
from backend.cards.assign.written import Wanted, note_assigned
from backend.platform.context import Context
from backend.platform.database import joined_transaction
from models.assignment import Assignment
from models.program import Program
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class Order:
    """`number`: as it is read and as it is carried, None for one of the pool. `days`: how long
    it waits, None for as long as the program says."""

    named: Named
    number: tuple[str, str] | None = None
    days: int | None = None


async def assign_card(ctx: Context, program: Program, order: Order) -> Assignment:
    """The assignment that stands. Refuses with assignment_differs (field), number_taken,
    pool_empty, offer_not_found, program_paused and issuing_paused."""
    wanted = wanted_of(ctx, program, order)
    made = await _noted(ctx, wanted, order)
    if made is None:
        # Looked for afterwards: mostly there is none. What is over makes room.
        stands = await _standing(ctx, wanted)
        if stands is not None:
            return _same(stands, wanted, order)
        made = await _noted(ctx, wanted, order)
    if made is None:
        return await _in_the_way(ctx, wanted, order)
    ctx.wake.set()
    return made


def wanted_of(ctx: Context, program: Program, order: Order) -> Wanted:
    return Wanted(
        program=program,
        nonce=new_nonce(),
        own_index=own_index(ctx.vault, program.account_id, order.named.own_id),
        indexes=order.named.indexes(ctx.vault),
        sealed=order.named.seal(ctx.vault),
        at=ctx.clock(),
        expires_at=ctx.clock() + timedelta(days=order.days or program.assignment_days),
    )


async def _noted(ctx: Context, wanted: Wanted, order: Order) -> Assignment | None:
    """All of it in one transaction, which may be the caller's: where nothing was made, nothing
    was written."""
    async with joined_transaction():
        if order.number is None:
            return await assign_of_pool(ctx, wanted)
        made = await take_given(wanted, *order.number)
        if made is not None:
            await note_assigned(ctx, wanted, made)
        return made


async def _standing(ctx: Context, wanted: Wanted) -> Assignment | None:
    found = await standing(ctx, wanted.program.id, [wanted.own_index])
    return found.get(wanted.own_index)


def _same(stands: Assignment, wanted: Wanted, order: Order) -> Assignment:
    carried = order.number[1] if order.number is not None else None
    field = differing(stands, carried, wanted.indexes)
    if field is not None:
        raise Refusal(Code.ASSIGNMENT_DIFFERS, field=field)
    return stands


async def _in_the_way(ctx: Context, wanted: Wanted, order: Order) -> Assignment:
    """Why nothing was made: the conditions one after the other, or somebody who was quicker."""
    stands = await _standing(ctx, wanted)
    if stands is not None:
        return _same(stands, wanted, order)
    await refuse_while_none_is_given(wanted.program, wanted.at)
    if order.number is None:
        raise Refusal(Code.POOL_EMPTY)
    raise Refusal(Code.NUMBER_TAKEN)
