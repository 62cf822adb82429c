"""A number of the pool is set aside for an assignment: on PostgreSQL in one statement with all that
is written of it."""

from backend.cards.assign.written import (
    COLUMNS,
    POSSIBLE,
    SUBJECT,
    VALUES,
    NotMade,
    Wanted,
    add,
    note_assigned,
)
from backend.cards.pool.pool_level import FEW, step_down
from backend.events.numbers import CardAssigned
from backend.outbox.announce import announce
from backend.platform.context import ActorKind, Context
from backend.platform.database import is_postgres, loaded, rows, transaction
from backend.platform.watch.audit import who_acts
from models.assignment import Assignment, NumberFrom
from models.audit_entry import Verb
from models.pool_number import CARRIED_BY_NOBODY, free_numbers
from models.program import Program

# What stands beside a number that waits for whom it was assigned to.
ASSIGNED = "assigned"


def free_for_assignments(found: str, most: int | str = 1) -> str:
    """Of the program $1 at $2, where it gives cards."""
    return free_numbers("$1", found, more=f" AND {POSSIBLE}" + CARRIED_BY_NOBODY, most=most)


# of all: $1 is the program
_FEW = FEW.format(program="$1")
# of all: the values say whose it is
AT_ONCE = f"""
WITH number AS ({free_for_assignments("id, printed_number, barcode_value")}
    FOR UPDATE SKIP LOCKED
), made AS (
    INSERT INTO assignments ({COLUMNS})
    SELECT {VALUES}, 'pool', printed_number, barcode_value FROM number
    ON CONFLICT DO NOTHING RETURNING *
), taken AS (
    UPDATE pool_numbers SET status = 'reserved', reason = '{ASSIGNED}', changed_at = $2
    FROM made WHERE pool_numbers.id = (SELECT id FROM number)
), event AS (
    INSERT INTO outbox_events (kind, payload, at)
    SELECT 'CardAssigned', jsonb_build_object('assignment_id', made.id, 'program_id', $1::bigint,
        'account_id', $9::bigint), $2 FROM made
), entry AS (
    INSERT INTO audit_entries (at, actor_kind, actor_id, door, request_id, verb, subject_kind,
        subject_id, account_id)
    SELECT $2, $10::text, $11::bigint, $12, $13, '{Verb.ASSIGN_CARD.value}', '{SUBJECT}',
        made.id, $9 FROM made WHERE $10::text <> '{ActorKind.PERSON.value}'
)
SELECT made.*, {_FEW} AS few FROM made
"""  # noqa: S608  put together from constants
# of all: a number of the program $1
_TAKE = f"""
UPDATE pool_numbers SET status = 'reserved', reason = '{ASSIGNED}', changed_at = $2
WHERE id = ({free_for_assignments("id")})
RETURNING printed_number, barcode_value, {_FEW} AS few
"""  # noqa: S608


async def assign_of_pool(ctx: Context, wanted: Wanted) -> Assignment | None:
    """Inside a transaction, and with its entry of the audit trail. None when no number is free,
    the program gives no cards, or somebody else was quicker."""
    if not is_postgres():
        return await _step_by_step(ctx, wanted)
    made = await rows(AT_ONCE, [*wanted.values(), wanted.program.account_id, *who_acts(ctx)])
    if not made:
        return None
    few = made[0].pop("few")
    if few:
        await step_down(wanted.program.id, wanted.at)
    return loaded(Assignment, made[0])


async def _step_by_step(ctx: Context, wanted: Wanted) -> Assignment | None:
    try:
        async with transaction():
            taken = await rows(_TAKE, [wanted.program.id, wanted.at])
            if not taken:
                return None
            number = taken[0]
            made = await add(
                wanted, NumberFrom.POOL, number["printed_number"], number["barcode_value"]
            )
            await announce(wanted.at, assigned(wanted.program, made.id))
            await note_assigned(ctx, wanted, made)
            if number["few"]:
                await step_down(wanted.program.id, wanted.at)
            return made
    except NotMade:
        return None


def assigned(program: Program, assignment_id: int) -> CardAssigned:
    return CardAssigned(assignment_id, program.id, program.account_id)
