"""Assignments that stand for customers of a brand, and why none can be made."""

from collections.abc import Collection, Mapping
from datetime import datetime

from backend.cards.assign.end_assignment import end_over
from backend.platform.context import Context
from backend.platform.database import listed_texts, rows
from backend.restored.unsettled import refuse_while_unsettled
from catalog.shelves.browse import first_offer_of
from models.assignment import Assignment, AssignmentState
from models.contact import ContactKind
from models.program import Program, ProgramStatus
from models.refusal import Code, Refusal

# Each by itself: while a file fills the table, PostgreSQL knows too little of it for a join, and
# would read all of the program's for every few hundred lines.
_STAND = """
SELECT (SELECT a.id FROM assignments a WHERE a.program_id = $1
    AND a.own_index = listed.value AND a.state IN ('waiting', 'claimed')) AS id
FROM {listed}
"""


async def standing(
    ctx: Context, program_id: int, own_indexes: Collection[str]
) -> dict[str, Assignment]:
    """With their customers, by the brand's own ids as they are found. What is over makes room."""
    found = await rows(_STAND.format(listed=listed_texts(2)), [program_id, sorted(own_indexes)])
    ids = [row["id"] for row in found if row["id"] is not None]
    if not ids:
        return {}
    # of all: the rows in hand
    those = Assignment.filter(id__in=ids)
    stand = dict[str, Assignment]()
    for row in await those.select_related("customer"):
        if row.state is AssignmentState.WAITING and row.expires_at <= ctx.clock():
            await end_over(ctx, row.id)
        else:
            stand[row.own_index] = row
    return stand


def differing(
    stands: Assignment, number: str | None, indexes: Mapping[ContactKind, str]
) -> str | None:
    """What is named otherwise than before: number, phone or email. `number`: as it is carried,
    None where none is named; `indexes` as in backend.cards.assign.named."""
    if number is not None and number != stands.barcode_value:
        return "number"
    if stands.state is AssignmentState.WAITING:
        kept = {"phone": stands.phone_index, "email": stands.email_index}
        for kind, index in indexes.items():
            if index and index != kept[kind.value]:
                return kind.value
    return None


async def refuse_while_none_is_given(program: Program, at: datetime) -> None:
    """Refuses with program_paused, issuing_paused and offer_not_found."""
    if program.status is ProgramStatus.PAUSED:
        raise Refusal(Code.PROGRAM_PAUSED)
    await refuse_while_unsettled()
    if await first_offer_of(at, program.id, 0) is None:
        raise Refusal(Code.OFFER_NOT_FOUND)
