"""A card with a free number of the pool, or the reason why there is none."""

from tortoise.exceptions import IntegrityError

from backend.cards.issue.claim import Claim
from backend.cards.issue.claim_card import claim_card
from backend.cards.issue.still_possible import check_still_possible, quarantine_taken, standing_card
from backend.cards.pool.pool_level import step_down
from backend.platform.database import rows, transaction
from backend.restored.unsettled import refuse_while_unsettled
from models.card import Card
from models.pool_number import free_numbers
from models.refusal import Code, Refusal

# Another person's rolled-back claim can hide the last free numbers for a moment.
TRIES = 5
_ANY = free_numbers("$1")


async def claim_from_pool(claim: Claim) -> tuple[Card, bool]:
    """The card, and whether it is new. Refuses with pool_empty, issuing_paused, and like
    check_still_possible."""
    for _ in range(TRIES):
        try:
            card = await claim_card(claim)
        except IntegrityError:
            if not await quarantine_taken(claim.program_id):
                # Nothing to set aside: the conflict is about something else, a bug in the code.
                raise
            continue
        if card is not None:
            return card, True
        await check_still_possible(claim)
        standing = await standing_card(claim)
        if standing is not None:
            return standing, False
        await refuse_while_unsettled()
        if not await rows(_ANY, [claim.program_id]):
            break
    async with transaction():
        await step_down(claim.program_id, claim.at)
    raise Refusal(Code.POOL_EMPTY, about=claim.offer_id)
