"""An assignment is claimed: it and its number belong to a card from now on."""

from backend.cards.assign.find_assignment import held, is_waiting
from backend.cards.assign.named import Named, is_meant, proven_contacts
from backend.consents.record import take_turn
from backend.events.numbers import AssignmentClaimed, AssignmentHindered
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from models.assignment import Assignment, AssignmentState, Hindrance
from models.card import Card
from models.customer import Customer
from models.program import Program
from models.refusal import Code, Refusal

_HINDRANCES = {
    Code.ASSIGNMENT_OTHER_CARD: Hindrance.OTHER_CARD,
    Code.NUMBER_TAKEN: Hindrance.NUMBER_TAKEN,
}
_ISSUED = """
UPDATE pool_numbers SET status = 'issued', reason = '', changed_at = $3
WHERE program_id = $1 AND barcode_value = $2 AND status = 'reserved'
"""


async def held_for(ctx: Context, customer_id: int, assignment_id: int) -> Assignment:
    """Inside a transaction that holds the person: the row, held; theirs already, or waiting for
    them. Refuses with assignment_not_found and assignment_not_yours: what was true when the link
    was followed may have changed since."""
    row = await held(assignment_id)
    if row is not None and row.customer_id == customer_id:
        return row
    if row is None or not is_waiting(ctx, row):
        raise Refusal(Code.ASSIGNMENT_NOT_FOUND)
    if not is_meant(row, await proven_contacts(customer_id)):
        raise Refusal(Code.ASSIGNMENT_NOT_YOURS)
    return row


async def settle(ctx: Context, row: Assignment, customer: Customer, card: Card) -> None:
    """Inside the transaction that holds person and row. Refuses with number_taken."""
    now = ctx.clock()
    if await Assignment.filter(card_id=card.id, state=AssignmentState.CLAIMED).exists():
        # The brand knows this card under another id of its own.
        raise Refusal(Code.NUMBER_TAKEN)
    program = await Program.get(id=row.program_id)
    await rows(_ISSUED, [row.program_id, row.barcode_value, now])
    row.sealed = Named.of(ctx, row).seal_for(ctx, customer)
    row.state, row.hindrance, row.ended_at = AssignmentState.CLAIMED, Hindrance.NONE, now
    row.customer_id, row.card_id = customer.id, card.id
    row.phone_index = row.email_index = ""
    await row.save()
    claimed = AssignmentClaimed(
        assignment_id=row.id,
        card_id=card.id,
        customer_id=customer.id,
        program_id=program.id,
        account_id=program.account_id,
    )
    await announce(now, claimed)


async def bind_standing(ctx: Context, customer: Customer, assignment_id: int, card: Card) -> None:
    """To the card of this number that the person has. Done already: nothing changes. Refuses like
    held_for and settle."""
    try:
        await _bound(ctx, customer, assignment_id, card)
    except Refusal as refusal:
        await hindered_by(ctx, assignment_id, refusal)
        raise
    ctx.wake.set()


async def _bound(ctx: Context, customer: Customer, assignment_id: int, card: Card) -> None:
    async with transaction():
        if not await take_turn(customer.id):
            raise Refusal(Code.ASSIGNMENT_NOT_FOUND)
        row = await held_for(ctx, customer.id, assignment_id)
        if row.card_id is None:
            await settle(ctx, row, customer, card)


async def hindered_by(ctx: Context, assignment_id: int, refusal: Refusal) -> None:
    """Of a refusal that is the brand's business."""
    if refusal.code in _HINDRANCES:
        await hinder(ctx, assignment_id, _HINDRANCES[refusal.code])


async def hinder(ctx: Context, assignment_id: int, why: Hindrance) -> None:
    """The brand is told why there is no card yet; of the same once, however often somebody
    comes."""
    async with transaction():
        row = await held(assignment_id)
        if row is None or row.state is not AssignmentState.WAITING or row.hindrance is why:
            return
        row.hindrance = why
        await row.save(update_fields=["hindrance"])
        program = await Program.get(id=row.program_id)
        event = AssignmentHindered(row.id, program.id, program.account_id, why.value)
        await announce(ctx.clock(), event)
    ctx.wake.set()
