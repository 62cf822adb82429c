"""Answer, keep or skip a question; give the whole application up."""

from typing import Any

from backend.cards.issue.applicant import CONTACTS
from backend.cards.issue.application import OpenApplication, current_application, seal_answers
from backend.cards.pocket.expiry import zone_of
from backend.customers.contacts.change_email import give_email
from backend.customers.contacts.contacts import kept_contact
from backend.customers.contacts.verify_settle import prove_by_button
from backend.customers.person.profile import SKIPPED, known_fields
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.days import day_in
from catalog.questions.parse_answer import parse_answer
from catalog.questions.question import FieldType
from models.application import Application, ApplicationStatus
from models.contact import ContactKind
from models.customer import Customer
from models.refusal import Code, Refusal


async def values_of(ctx: Context, customer: Customer, current: OpenApplication) -> dict[str, Any]:
    """What stands as the answer to each question: typed on this way, or known before."""
    known = {**await known_fields(ctx, customer), **current.answers}
    return {key: known[key] for key in current.fields if key in known}


async def move_on(
    ctx: Context, customer: Customer, current: OpenApplication, answers: dict[str, Any]
) -> OpenApplication:
    """Keep the answers and go to the first question that is still open, wherever the person
    has gone back to; when there is none, to the summary."""
    known = {**await known_fields(ctx, customer), **answers}
    settled = {*known, *answers.get(SKIPPED, [])}
    questions = current.application.questions
    left = (n for n, key in enumerate(questions) if key in current.fields and key not in settled)
    await put(
        ctx, current, step=next(left, len(questions)), answers=seal_answers(ctx, customer, answers)
    )
    return await current_application(ctx, customer)


async def answer(ctx: Context, customer: Customer, key: str, raw: str) -> OpenApplication:
    """Take the answer to the question `key` and move on. An answer to a question that is no
    longer the current one (a second tap) changes nothing. Raises Hint when it cannot be taken."""
    current = await current_application(ctx, customer)
    if current.asking != key:
        return current
    today = day_in(await zone_of(customer), ctx.clock())
    value = parse_answer(current.fields[key], raw, today)
    answers = dict(current.answers)
    if SKIPPED in answers:
        answers[SKIPPED] = [each for each in answers[SKIPPED] if each != key]
    if current.fields[key].type is FieldType.EMAIL:
        await give_email(ctx, customer, value)
    else:
        answers[key] = value
    return await move_on(ctx, customer, current, answers)


async def answer_phone(ctx: Context, customer: Customer, phone: str) -> OpenApplication:
    """Telegram's own contact button confirms that the number is this person's. Outside of a
    phone question it changes nothing. Refuses with contact_taken or invalid_answer."""
    current = await current_application(ctx, customer)
    if not asks_phone(current):
        return current
    proof = await prove_by_button(ctx, customer, phone)
    if proof.taken:
        raise Refusal(Code.CONTACT_TAKEN, field="phone")
    return await phone_proven(ctx, customer, current)


async def phone_proven(
    ctx: Context, customer: Customer, current: OpenApplication
) -> OpenApplication:
    """The phone was confirmed: past the question that asks for it."""
    key = current.asking
    if key is None or not asks_phone(current):
        return current
    return await move_on(ctx, customer, current, dict(current.answers))


async def keep_answer(ctx: Context, customer: Customer, at: tuple[int, int]) -> OpenApplication:
    """«Leave it as it is»: past a question that has an answer. `at`: the application and the
    step of the screen that was tapped; on another one nothing changes."""
    current = await current_application(ctx, customer)
    application, key = current.application, current.asking
    if at != (application.id, application.step) or key is None:
        return current
    if key not in await values_of(ctx, customer, current):
        return current
    return await move_on(ctx, customer, current, dict(current.answers))


async def keep_contact(
    ctx: Context, customer: Customer, current: OpenApplication
) -> OpenApplication:
    """Past a question about a contact that is there: a confirmed phone, a given address."""
    key = current.asking
    if key is None or current.fields[key].type.value not in CONTACTS:
        return current
    kind = ContactKind(current.fields[key].type.value)
    if not await kept_contact(ctx, customer, kind):
        return current
    return await move_on(ctx, customer, current, dict(current.answers))


async def resume(ctx: Context, customer: Customer) -> OpenApplication:
    """The open application at the question that is really open: contacts that are there are
    passed over. Refuses like current_application."""
    current = await current_application(ctx, customer)
    while (moved := await keep_contact(ctx, customer, current)).asking != current.asking:
        current = moved
    return current


def asks_phone(current: OpenApplication) -> bool:
    return current.asking is not None and current.fields[current.asking].type is FieldType.PHONE


async def skip(ctx: Context, customer: Customer, key: str) -> OpenApplication:
    """Refuses with answers_missing when the question is required."""
    current = await current_application(ctx, customer)
    if current.asking != key:
        return current
    if current.fields[key].required:
        raise Refusal(Code.ANSWERS_MISSING, field=key)
    skipped = [*current.answers.get(SKIPPED, []), key]
    answers = {k: v for k, v in current.answers.items() if k != key}
    return await move_on(ctx, customer, current, {**answers, SKIPPED: skipped})


async def drop_application(ctx: Context, customer: Customer, application_id: int) -> None:
    """Give it up: what was typed is deleted. One that is not open any more stays as it is."""
    async with transaction():
        await Application.filter(
            id=application_id, customer_id=customer.id, status=ApplicationStatus.OPEN
        ).update(status=ApplicationStatus.DROPPED, answers=None, updated_at=ctx.clock())


async def put(ctx: Context, current: OpenApplication, **changed: Any) -> None:
    """Change the open application, if it is still at the step where this was read."""
    application = current.application
    async with transaction():
        # The step in the condition lets one of two taps at once through.
        await Application.filter(
            id=application.id, status=ApplicationStatus.OPEN, step=application.step
        ).update(updated_at=ctx.clock(), **changed)
