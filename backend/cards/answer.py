"""Answer, skip or go back in the questionnaire."""

from typing import Any

from backend.cards.application import Journey, load_journey, open_application_of, seal_answers
from backend.cards.ready import CONTACTS
from backend.customers.change_email import give_email
from backend.customers.contacts import kept_contact
from backend.customers.profile import SKIPPED, known_fields
from backend.customers.verify_settle import prove_by_button
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.answers import parse_answer
from catalog.pack.shapes import FieldType
from models.application import Application, ApplicationStatus
from models.contact import ContactKind
from models.customer import Customer
from models.refusal import Code, Refusal


async def current_journey(ctx: Context, customer: Customer) -> Journey:
    """The open application. Refuses with application_closed when there is none."""
    application = await open_application_of(customer)
    if application is None:
        raise Refusal(Code.APPLICATION_CLOSED)
    journey = await load_journey(ctx, customer, application)
    return journey if journey.asking is not None else await _caught_up(ctx, customer, journey)


async def _caught_up(ctx: Context, customer: Customer, journey: Journey) -> Journey:
    """With the questions that came up since the application was opened, if there are any."""
    application = journey.application
    known = {**await known_fields(ctx, customer), **journey.answers}
    skipped = {*known.get(SKIPPED, [])}
    fresh = [
        key
        for key, field in journey.fields.items()
        if key not in known and key not in application.questions
        if field.required or key not in skipped
    ]
    if not fresh:
        return journey
    async with transaction():
        await Application.filter(id=application.id, status=ApplicationStatus.OPEN).update(
            questions=[*application.questions, *fresh],
            step=len(application.questions),
            updated_at=ctx.clock(),
        )
    return await load_journey(ctx, customer, await Application.get(id=application.id))


async def answer(ctx: Context, customer: Customer, key: str, raw: str) -> Journey:
    """Take the answer to the question `key` and move on. An answer to a question that is no
    longer in hand (a second tap) changes nothing. Raises Hint when it cannot be taken."""
    journey = await current_journey(ctx, customer)
    if journey.asking != key:
        return journey
    value = parse_answer(journey.fields[key], raw, ctx.clock().date())
    answers = dict(journey.answers)
    if journey.fields[key].type is FieldType.EMAIL:
        await give_email(ctx, customer, value)
    else:
        answers[key] = value
    return await _move(ctx, customer, journey, key, answers)


async def answer_phone(ctx: Context, customer: Customer, phone: str) -> Journey:
    """Telegram's own contact button confirms that the number is this person's. Outside of a
    phone question it changes nothing. Refuses with contact_taken (verification: what take_over
    needs) or invalid_answer."""
    journey = await current_journey(ctx, customer)
    if not asks_phone(journey):
        return journey
    proof = await prove_by_button(ctx, customer, phone)
    if proof.taken:
        raise Refusal(Code.CONTACT_TAKEN, field="phone", verification=proof.verification_id)
    return await phone_proven(ctx, customer, journey)


async def phone_proven(ctx: Context, customer: Customer, journey: Journey) -> Journey:
    """The phone was confirmed: past the question that asks for it."""
    key = journey.asking
    if key is None or not asks_phone(journey):
        return journey
    return await _move(ctx, customer, journey, key, dict(journey.answers))


async def keep_contact(ctx: Context, customer: Customer, journey: Journey) -> Journey:
    """Past a question about a contact that is there: a confirmed phone, a given address."""
    key = journey.asking
    if key is None or journey.fields[key].type.value not in CONTACTS:
        return journey
    kind = ContactKind(journey.fields[key].type.value)
    if not await kept_contact(ctx, customer, kind):
        return journey
    return await _move(ctx, customer, journey, key, dict(journey.answers))


async def resume(ctx: Context, customer: Customer) -> Journey:
    """The open application at the question that is really open: contacts that are there are
    passed over. Refuses like current_journey."""
    journey = await current_journey(ctx, customer)
    while (moved := await keep_contact(ctx, customer, journey)).asking != journey.asking:
        journey = moved
    return journey


def asks_phone(journey: Journey) -> bool:
    return journey.asking is not None and journey.fields[journey.asking].type is FieldType.PHONE


async def skip(ctx: Context, customer: Customer, key: str) -> Journey:
    """Refuses with answers_missing when the question is required."""
    journey = await current_journey(ctx, customer)
    if journey.asking != key:
        return journey
    if journey.fields[key].required:
        raise Refusal(Code.ANSWERS_MISSING, field=key)
    skipped = [*journey.answers.get(SKIPPED, []), key]
    answers = {k: v for k, v in journey.answers.items() if k != key}
    return await _move(ctx, customer, journey, key, {**answers, SKIPPED: skipped})


async def go_back(ctx: Context, customer: Customer) -> Journey:
    """To the question before; at the first one nothing changes."""
    journey = await current_journey(ctx, customer)
    before = journey.application.questions[: journey.application.step]
    asked = [place for place, key in enumerate(before) if key in journey.fields]
    step = asked[-1] if asked else 0
    async with transaction():
        await Application.filter(id=journey.application.id, status=ApplicationStatus.OPEN).update(
            step=step, updated_at=ctx.clock()
        )
    return await current_journey(ctx, customer)


async def drop_application(ctx: Context, customer: Customer) -> None:
    """Give it up: what was typed is deleted. Without an open application nothing happens."""
    async with transaction():
        await Application.filter(customer_id=customer.id, status=ApplicationStatus.OPEN).update(
            status=ApplicationStatus.DROPPED, answers=None, updated_at=ctx.clock()
        )


async def _move(
    ctx: Context, customer: Customer, journey: Journey, key: str, answers: dict[str, Any]
) -> Journey:
    application = journey.application
    async with transaction():
        # The step in the condition lets one of two taps at once through.
        await Application.filter(
            id=application.id, status=ApplicationStatus.OPEN, step=application.step
        ).update(
            step=application.questions.index(key) + 1,
            answers=seal_answers(ctx, customer, answers),
            updated_at=ctx.clock(),
        )
    return await current_journey(ctx, customer)
