"""An assigned card is claimed by whom it was assigned to. The row of the assignment decides between
this and its end, and between two who hold the link."""

from tortoise.exceptions import IntegrityError

from backend.cards.assign.settle_assignment import held_for, hinder, hindered_by, settle
from backend.cards.issue.applicant import Applicant
from backend.cards.issue.claim import Claim
from backend.cards.issue.claim_card import add_card
from backend.cards.issue.still_possible import check_still_possible, standing_card
from backend.consents.record import take_turn
from backend.platform.context import Context
from backend.platform.database import transaction
from models.assignment import Hindrance
from models.card import Card, CardOrigin
from models.refusal import Code, Refusal


async def claim_assigned(
    ctx: Context, person: Applicant, claim: Claim, assignment_id: int
) -> tuple[Card, bool]:
    """The card, and whether it is new; again gives the same. Refuses with assignment_not_found,
    assignment_not_yours, assignment_other_card, number_taken, and like check_still_possible."""
    await check_still_possible(claim)
    try:
        return await _claimed(ctx, person, claim, assignment_id)
    except IntegrityError as taken:
        await hinder(ctx, assignment_id, Hindrance.NUMBER_TAKEN)
        raise Refusal(Code.NUMBER_TAKEN) from taken
    except Refusal as refusal:
        await hindered_by(ctx, assignment_id, refusal)
        raise


async def _claimed(
    ctx: Context, person: Applicant, claim: Claim, assignment_id: int
) -> tuple[Card, bool]:
    """All of it in one transaction, or nothing."""
    async with transaction():
        if not await take_turn(claim.customer_id):
            raise Refusal(Code.APPLICATION_CLOSED)
        row = await held_for(ctx, claim.customer_id, assignment_id)
        if row.program_id != claim.program_id:
            raise Refusal(Code.ASSIGNMENT_NOT_FOUND)
        number = row.barcode_value
        card = await Card.get_or_none(customer_id=claim.customer_id, program_id=claim.program_id)
        if card is not None and card.barcode_value != number:
            # Also one that was taken out of the wallet: its number stays this person's.
            about = card.id if card.removed_at is None else None
            raise Refusal(Code.ASSIGNMENT_OTHER_CARD, about=about)
        standing = await standing_card(claim)
        made = standing or await add_card(claim, row.printed_number, number, CardOrigin.ASSIGNED)
        assert made is not None, "somebody without a card got none"
        if row.card_id is None:
            await settle(ctx, row, person.customer, made)
        return made, standing is None
