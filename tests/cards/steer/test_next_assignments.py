"""What an account has assigned, page by page, is what its scope sees."""

from itertools import count

from backend.cards.assign.assign_card import Order, assign_card
from backend.cards.assign.end_assignment import withdraw_assignment
from backend.cards.assign.named import Named
from backend.cards.steer import next_assignments
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from catalog.tenant import Scope
from models.account import Account
from models.assignment import Assignment, AssignmentState
from models.program import Program
from tests.support.factory.brands import make_account, make_offer, make_program

_once = count(1)


async def give(ctx: Context, program: Program) -> Assignment:
    number = next(_once)
    named = Named(f"crm-{number}", f"+7916{number:07d}", "")
    return await assign_card(ctx, program, Order(named))


async def fill(ctx: Context) -> list[Program]:
    """Two accounts, of which the first has two programs; a third has nothing."""
    first, other, _ = [await make_account(key) for key in ("first", "other", "empty")]
    programs = [
        await make_program(account, key, numbers=9)
        for account, key in ((first, "a"), (other, "b"), (first, "c"))
    ]
    for each in programs:
        await make_offer(each, each.key)
    for turn in range(12):
        row = await give(ctx, programs[turn % 3])
        if turn % 5 == 0:
            await withdraw_assignment(ctx, row)
        elif turn % 4 == 0:
            await Assignment.filter(id=row.id).update(state=AssignmentState.CLAIMED)
    return programs


async def walked(
    scope: Scope, size: int, program: int | None = None, state: AssignmentState | None = None
) -> list[int]:
    found, after = list[int](), 0
    while page := await next_assignments.next_assignments(
        scope, after, size, program_id=program, state=state
    ):
        found, after = [*found, *page], page[-1]
    return found


async def test_they_are_what_the_scope_sees(ctx: Context, database: str) -> None:
    programs = await fill(ctx)
    accounts = [each.id for each in await Account.all()]
    # The last ones are of so many accounts that it is asked for otherwise.
    many = [*accounts, *range(10_000, 10_030)]
    for chosen in (*([each] for each in accounts), accounts, [], many):
        scope = Scope.of(chosen)
        for program in (None, *(each.id for each in programs)):
            for state in (None, *AssignmentState):
                named = {"program_id": program, "state": state}
                wanted = scope.assignments().filter(
                    **{name: each for name, each in named.items() if each is not None}
                )
                ids = [each.id for each in await wanted.order_by("id")]
                for size in (1, 100):
                    assert await walked(scope, size, program, state) == ids
    assert len(await walked(Scope.of(accounts), 100)) == 12


_CROWD = """
INSERT INTO assignments (program_id, state, hindrance, nonce, own_index, phone_index, email_index,
    sealed, printed_number, barcode_value, number_from, created_at, expires_at)
SELECT $1, 'claimed', '', n, n, '', '', '', n, n, 'pool', now(), now()
FROM (SELECT CAST(generate_series(1, 5000) AS TEXT) AS n) AS numbers
"""


async def test_one_looks_at_the_index_of_the_program_and_state(ctx: Context, database: str) -> None:
    programs = await fill(ctx)
    statement = next_assignments._statement(None)
    if not is_postgres():
        found = str(await rows(f"EXPLAIN QUERY PLAN {statement}", [[1], 0, 50, None]))
        assert "assignments_listed (program_id=? AND state=? AND id>?)" in found
        return
    await rows(_CROWD, [programs[1].id])
    await rows("ANALYZE assignments")
    spelt = {"$1": f"'{{{programs[0].account_id}}}'", "$2": "0", "$3": "50", "$4": "NULL::bigint"}
    for name, value in spelt.items():
        statement = statement.replace(name, value)
    found = str(await rows(f"EXPLAIN (ANALYZE) {statement}"))
    assert "assignments_listed" in found
    assert "assignments_pkey" not in found
