"""Go back from a consent screen, or on without the controller that it is about."""

from backend.cards.issue.answer_questions import put
from backend.cards.issue.application import OpenApplication, current_application, seal_answers
from backend.cards.issue.change_step import back_to_summary
from backend.customers.person.profile import SKIPPED
from backend.platform.context import Context
from catalog.questions.questionnaire import questions_of
from models.customer import Customer


async def back_from_consent(ctx: Context, customer: Customer, account_id: int) -> OpenApplication:
    """To the controller before, or from the first one to the answers. What is ticked stays
    ticked. When another screen is open (a second tap), nothing changes."""
    current = await current_application(ctx, customer)
    if not current.in_hand(account_id):
        return current
    ids = [account.id for account in current.controllers]
    place = ids.index(account_id)
    if place == 0:
        return await back_to_summary(ctx, customer, current)
    before = str(ids[place - 1])
    choices = dict(current.application.choices)
    choices[before] = {k: v for k, v in choices.get(before, {}).items() if k != "agreed"}
    await put(ctx, current, choices=choices)
    return await current_application(ctx, customer)


async def leave_out(ctx: Context, customer: Customer, account_id: int) -> OpenApplication:
    """The cards of this controller are not wanted after all; the others stay, with every answer
    that one of them asks for. When another screen is open (a second tap), or no card would
    be left, nothing changes."""
    current = await current_application(ctx, customer)
    stay = [offer for offer in current.offers if offer.brand.program.account_id != account_id]
    if not current.in_hand(account_id) or not stay:
        return current
    asked = questions_of(stay)
    programs = {str(offer.brand.program_id) for offer in stay}
    answers = {k: v for k, v in current.answers.items() if k in asked}
    skipped = [key for key in current.answers.get(SKIPPED, []) if key in asked]
    application = current.application
    await put(
        ctx,
        current,
        offer_ids=[offer.id for offer in stay],
        typed_numbers={k: v for k, v in application.typed_numbers.items() if k in programs},
        choices={k: v for k, v in application.choices.items() if k != str(account_id)},
        answers=seal_answers(ctx, customer, {**answers, SKIPPED: skipped}),
    )
    return await current_application(ctx, customer)
