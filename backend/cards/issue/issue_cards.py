"""Issue the cards of an application: each in one transaction, each on its own.

The usual way is one statement that checks everything and makes the card. Only when it makes
none, the reason is looked for.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from backend.cards.issue.applicant import Applicant, applicant_of, claim_for
from backend.cards.issue.application import OpenApplication
from backend.cards.issue.bind_plastic import bind_plastic
from backend.cards.issue.claim_assigned import claim_assigned
from backend.cards.issue.claim_from_pool import claim_from_pool
from backend.cards.issue.issue_connected import issue_connected
from backend.partners.registry import is_connected
from backend.platform.context import Context
from backend.platform.database import transaction
from models.application import Application, ApplicationStatus
from models.card import Card
from models.customer import Customer
from models.offer import Offer
from models.refusal import Code, Refusal

# How long all the systems of an application's brands are waited for together.
PATIENCE_SECONDS = 2.8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one offer: exactly one of card and refusal is set. `new` is False when
    the card was there already."""

    offer: Offer
    card: Card | None = None
    refusal: Refusal | None = None
    new: bool = False


async def issue_cards(
    ctx: Context, customer: Customer, current: OpenApplication, *, shown: bool = False
) -> list[Outcome]:
    """Issue what was applied for and close the application. Doing it again (a second tap, a
    redelivered update) gives the same cards. `shown`: the caller answers the customer with
    them at once. The profile of `customer` is then the one that stands.

    Refuses with consent_required or answers_missing while something is open.
    """
    person = applicant_of(ctx, customer, current, shown=shown)
    until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    outcomes = [await _issue_one(ctx, person, offer, until) for offer in current.offers]
    await _profile_that_stands(person, outcomes)
    # Before anybody sees a number.
    ctx.mark.advance(max((each.card.id for each in outcomes if each.card and each.new), default=0))
    changed = {
        each.offer.brand.program.account_id
        for each in outcomes
        if each.refusal is not None and each.refusal.code is Code.DOCUMENT_CHANGED
    }
    if changed:
        await _ask_again(current.application, changed, ctx.clock())
    elif _may_be_tried_again(outcomes):
        # Everything that was answered waits for the next number, or for the brand's system.
        pass
    elif len(outcomes) != 1 or not outcomes[0].new:
        await _close(current.application, ctx.clock())
    ctx.wake.set()
    return outcomes


async def _profile_that_stands(person: Applicant, outcomes: list[Outcome]) -> None:
    """A new card has made the answers the profile; with any other it is read."""
    if not all(each.new for each in outcomes):
        await person.customer.refresh_from_db(fields=["profile"])
    elif person.profile is not None:
        person.customer.profile = person.profile


def _may_be_tried_again(outcomes: list[Outcome]) -> bool:
    """Only the pools are empty, or a brand's system did not answer: the cards that were made
    come again as they are."""
    codes = {each.refusal.code if each.refusal is not None else None for each in outcomes}
    return codes == {Code.POOL_EMPTY} or Code.TRY_LATER in codes


async def _close(application: Application, now: datetime) -> None:
    """A single new card has closed its application itself."""
    async with transaction():
        await Application.filter(id=application.id, status=ApplicationStatus.OPEN).update(
            status=ApplicationStatus.DONE, answers=None, updated_at=now
        )


async def _ask_again(application: Application, account_ids: set[int], now: datetime) -> None:
    """A controller's document was replaced between the tick and the last tap: its screen comes
    again, with nothing ticked, and every answer is kept."""
    stand = {key: c for key, c in application.choices.items() if int(key) not in account_ids}
    async with transaction():
        await Application.filter(id=application.id, status=ApplicationStatus.OPEN).update(
            choices=stand, updated_at=now
        )


async def _issue_one(ctx: Context, person: Applicant, offer: Offer, until: float) -> Outcome:
    given = person.current.application.typed_numbers.get(str(offer.brand.program_id))
    try:
        claim = claim_for(person, offer, ctx.clock())
        if given is not None:
            card, new = await bind_plastic(ctx, person, claim, offer, given)
            return Outcome(offer, card=card, new=new)
        assigned = person.current.application.assignment_id
        if assigned is not None:
            card, new = await claim_assigned(ctx, person, claim, assigned)
        elif is_connected(offer.brand.program):
            card, new = await issue_connected(ctx, claim, offer.brand.program, until)
        else:
            card, new = await claim_from_pool(claim)
    except Refusal as refusal:
        if refusal.code is Code.ANSWERS_MISSING:
            raise
        return Outcome(offer, refusal=refusal)
    return Outcome(offer, card=card, new=new)
