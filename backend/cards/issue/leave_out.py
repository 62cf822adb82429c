"""Go back from a consent screen, or on without the controller that it is about."""

from backend.cards.issue.answer import current_journey, put
from backend.cards.issue.application import Journey, questions_of, seal_answers
from backend.cards.issue.consent_screen import next_controller
from backend.cards.issue.steps import back_to_summary
from backend.customers.person.profile import SKIPPED
from backend.platform.context import Context
from models.customer import Customer


async def back_from_consent(ctx: Context, customer: Customer, account_id: int) -> Journey:
    """To the controller before, or from the first one to the answers. What is ticked stays
    ticked. When another screen is in hand (a second tap), nothing changes."""
    journey = await current_journey(ctx, customer)
    if not in_hand(journey, account_id):
        return journey
    ids = [account.id for account in journey.controllers]
    place = ids.index(account_id)
    if place == 0:
        return await back_to_summary(ctx, customer, journey)
    before = str(ids[place - 1])
    choices = dict(journey.application.choices)
    choices[before] = {k: v for k, v in choices.get(before, {}).items() if k != "agreed"}
    await put(ctx, journey, choices=choices)
    return await current_journey(ctx, customer)


async def leave_out(ctx: Context, customer: Customer, account_id: int) -> Journey:
    """The cards of this controller are not wanted after all; the others stay, with every answer
    that one of them asks for. When another screen is in hand (a second tap), or no card would
    be left, nothing changes."""
    journey = await current_journey(ctx, customer)
    stay = [offer for offer in journey.offers if offer.brand.program.account_id != account_id]
    if not in_hand(journey, account_id) or not stay:
        return journey
    asked = questions_of(stay)
    programs = {str(offer.brand.program_id) for offer in stay}
    answers = {k: v for k, v in journey.answers.items() if k in asked}
    skipped = [key for key in journey.answers.get(SKIPPED, []) if key in asked]
    application = journey.application
    await put(
        ctx,
        journey,
        offer_ids=[offer.id for offer in stay],
        typed_numbers={k: v for k, v in application.typed_numbers.items() if k in programs},
        choices={k: v for k, v in application.choices.items() if k != str(account_id)},
        answers=seal_answers(ctx, customer, {**answers, SKIPPED: skipped}),
    )
    return await current_journey(ctx, customer)


def in_hand(journey: Journey, account_id: int) -> bool:
    """Whether this controller's screen is the one that the person is at."""
    account = next_controller(journey) if journey.asking is None and journey.checked else None
    return account is not None and account.id == account_id
