"""The next cards that an account has assigned, however many others have."""

from backend.platform.database import among, rows
from backend.platform.walk import Place, walk
from catalog.tenant import Scope
from models.assignment import AssignmentState

# Of so many accounts the next row is somewhere near: it is looked for by the ids themselves.
_MANY = 20


async def next_assignments(
    scope: Scope,
    after: int,
    count: int,
    *,
    program_id: int | None = None,
    state: AssignmentState | None = None,
) -> list[int]:
    """The first `count` ids behind `after`, of one program and of one state if they are named."""
    if len(scope.accounts) > _MANY:
        return await _near(scope, after, count, program_id, state)
    values = [sorted(scope.accounts), after, count, program_id]
    return [row["id"] for row in await rows(_statement(state), values)]


def _statement(state: AssignmentState | None) -> str:
    states = " UNION ALL ".join(
        f"SELECT '{each.value}' AS state" for each in AssignmentState if state in (None, each)
    )
    # of all: of the accounts that the scope has
    of = (
        f"programs p CROSS JOIN ({states}) o WHERE p.account_id {among(1)}"
        " AND p.id = COALESCE($4, p.id)"
    )
    # of all: of the program in hand
    return walk([Place(of, "o.state", "assignments a", "a.state", "a.id", "a.program_id = p.id")])


async def _near(
    scope: Scope, after: int, count: int, program_id: int | None, state: AssignmentState | None
) -> list[int]:
    found = scope.assignments().filter(id__gt=after)
    if program_id is not None:
        found = found.filter(program_id=program_id)
    if state is not None:
        found = found.filter(state=state)
    return [row.id for row in await found.order_by("id").limit(count).only("id")]
