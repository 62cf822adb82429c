"""A file of assignments, and what has come of it."""

from models.assignment import Assignment, AssignmentState
from models.job import Job, JobForm, JobKind
from models.outbox import OutboxEvent
from models.pool_number import PoolNumber
from tests.jobs.conftest import House

HEADER = "own_id;phone;email;days;printed_number\n"


async def sent(house: House, *lines: str, form: JobForm = JobForm.CSV) -> Job:
    text = "\n".join(lines)
    return await house.worked(
        JobKind.ASSIGNMENTS, text if form is JobForm.LINES else HEADER + text, form=form
    )


async def numbers() -> dict[str, str]:
    """What each assignment that stands carries, by the brand's own id as it is found."""
    rows = await Assignment.filter(state=AssignmentState.WAITING)
    return {row.own_index: row.barcode_value for row in rows}


async def pool() -> dict[str, int]:
    found = [number.status.value for number in await PoolNumber.all()]
    return {status: found.count(status) for status in found}


async def announced() -> list[int]:
    events = await OutboxEvent.filter(kind="CardAssigned").order_by("id")
    return [each.payload["assignment_id"] for each in events]
