"""Back, to the summary, to one answer, on to the consents.

Every move names the step that it was made at: of two taps at once one gets through, and a
button of an older screen moves nothing.
"""

from backend.cards.issue.answer import current_journey, put
from backend.cards.issue.application import Journey
from backend.platform.context import Context
from models.customer import Customer


async def go_back(
    ctx: Context, customer: Customer, at: tuple[int, int] | None = None
) -> tuple[Journey, bool]:
    """To the question before; whether there was one. `at`: the application and the step of the
    screen that was tapped; on another one nothing changes."""
    journey = await current_journey(ctx, customer)
    application = journey.application
    if at is not None and at != (application.id, application.step):
        return journey, True
    before = journey.place_before()
    if before is None:
        return journey, False
    await put(ctx, journey, step=before)
    return await current_journey(ctx, customer), True


async def change_answer(
    ctx: Context, customer: Customer, application_id: int, place: int
) -> Journey:
    """Ask once more, from the summary. `place`: of the field in `fields`. After the answer the
    summary comes again. Of another application, or another place, nothing changes."""
    journey = await current_journey(ctx, customer)
    keys = list(journey.fields)
    if journey.application.id != application_id or place >= len(keys):
        return journey
    if journey.asking is not None:
        return journey
    key, questions = keys[place], journey.application.questions
    if key not in questions:
        questions = [*questions, key]
    await put(ctx, journey, step=questions.index(key), questions=questions)
    return await current_journey(ctx, customer)


async def check_answers(ctx: Context, customer: Customer, application_id: int) -> Journey:
    """The summary is right: on to the consents."""
    journey = await current_journey(ctx, customer)
    if journey.application.id == application_id and journey.at_summary:
        await put(ctx, journey, step=len(journey.application.questions) + 1)
        return await current_journey(ctx, customer)
    return journey


async def back_to_summary(ctx: Context, customer: Customer, journey: Journey) -> Journey:
    """From the first consent screen; what is ticked stays ticked."""
    await put(ctx, journey, step=len(journey.application.questions))
    return await current_journey(ctx, customer)
