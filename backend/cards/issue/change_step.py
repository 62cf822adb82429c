"""Back, to the summary, to one answer, on to the consents.

Every move names the step that it was made at: of two taps at once one gets through, and a
button of an older screen moves nothing.
"""

from backend.cards.issue.answer_questions import put
from backend.cards.issue.application import OpenApplication, current_application
from backend.platform.context import Context
from models.customer import Customer


async def go_back(
    ctx: Context, customer: Customer, at: tuple[int, int] | None = None
) -> tuple[OpenApplication, bool]:
    """To the question before; whether there was one. `at`: the application and the step of the
    screen that was tapped; on another one nothing changes."""
    current = await current_application(ctx, customer)
    application = current.application
    if at is not None and at != (application.id, application.step):
        return current, True
    before = current.place_before()
    if before is None:
        return current, False
    await put(ctx, current, step=before)
    return await current_application(ctx, customer), True


async def change_answer(
    ctx: Context, customer: Customer, application_id: int, place: int
) -> OpenApplication:
    """Ask once more, from the summary. `place`: of the field in `fields`. After the answer the
    summary comes again. Of another application, or another place, nothing changes."""
    current = await current_application(ctx, customer)
    keys = list(current.fields)
    if current.application.id != application_id or place >= len(keys):
        return current
    if current.asking is not None:
        return current
    key, questions = keys[place], current.application.questions
    if key not in questions:
        questions = [*questions, key]
    await put(ctx, current, step=questions.index(key), questions=questions)
    return await current_application(ctx, customer)


async def check_answers(ctx: Context, customer: Customer, application_id: int) -> OpenApplication:
    """The summary is right: on to the consents."""
    current = await current_application(ctx, customer)
    if current.application.id == application_id and current.at_summary:
        await put(ctx, current, step=len(current.application.questions) + 1)
        return await current_application(ctx, customer)
    return current


async def back_to_summary(
    ctx: Context, customer: Customer, current: OpenApplication
) -> OpenApplication:
    """From the first consent screen; what is ticked stays ticked."""
    await put(ctx, current, step=len(current.application.questions))
    return await current_application(ctx, customer)
