"""Cards for several customers of a brand who were named at the same time, each by a request of its
own: numbers of the pool, set aside together with all that is written of it."""

from collections.abc import Sequence
from typing import Any

from backend.cards.assign.assign_card import Order, wanted_of
from backend.cards.assign.pool_number import ASSIGNED, assign_of_pool, free_for_assignments
from backend.cards.assign.written import COLUMNS, SUBJECT, Wanted
from backend.cards.pool.pool_level import FEW, step_down
from backend.platform.context import ActorKind, Context
from backend.platform.database import is_postgres, loaded, rows
from backend.platform.watch.audit import who_acts
from models.assignment import Assignment
from models.audit_entry import Verb
from models.program import Program

_NUMBERS = free_for_assignments("id, printed_number, barcode_value", "$3")
# Written in the order of the customers: of two processes that assign to the same ones neither
# waits for the other in a circle.
# of all: the values say whose it is
_AT_ONCE = f"""
WITH wanted AS (
    SELECT * FROM unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[],
        $10::timestamptz[], $11::text[], $12::bigint[], $13::text[], $14::text[])
    WITH ORDINALITY AS w(nonce, own_index, phone_index, email_index, sealed, expires_at,
        actor_kind, actor_id, door, request_id, place)
), number AS (
    SELECT free.*, row_number() OVER (ORDER BY id) AS place
    FROM ({_NUMBERS} FOR UPDATE SKIP LOCKED) AS free
), made AS (
    INSERT INTO assignments ({COLUMNS})
    SELECT $1, $2, nonce, own_index, phone_index, email_index, sealed, expires_at,
        'waiting', '', 'pool', printed_number, barcode_value
    FROM wanted JOIN number USING (place) ORDER BY own_index
    ON CONFLICT DO NOTHING RETURNING *
), taken AS (
    UPDATE pool_numbers SET status = 'reserved', reason = '{ASSIGNED}', changed_at = $2
    FROM made JOIN number USING (barcode_value) WHERE pool_numbers.id = number.id
), event AS (
    INSERT INTO outbox_events (kind, payload, at)
    SELECT 'CardAssigned', jsonb_build_object('assignment_id', made.id, 'program_id', $1::bigint,
        'account_id', $4::bigint), $2 FROM made ORDER BY made.id
), entry AS (
    INSERT INTO audit_entries (at, actor_kind, actor_id, door, request_id, verb, subject_kind,
        subject_id, account_id)
    SELECT $2, actor_kind, actor_id, door, request_id, '{Verb.ASSIGN_CARD.value}', '{SUBJECT}',
        made.id, $4 FROM made JOIN wanted USING (nonce)
    WHERE actor_kind <> '{ActorKind.PERSON.value}' ORDER BY made.id
)
SELECT made.*, {FEW.format(program="$1")} AS few FROM made
"""  # noqa: S608  put together from constants


async def assign_together(
    program: Program, given: Sequence[tuple[Context, Order]]
) -> list[Assignment | None]:
    """Inside a transaction. None, and nothing written, where assign_card has to look why: one
    stands already, there is no number, or one is named."""
    wanted = [
        (ctx, wanted_of(ctx, program, order)) if order.number is None else None
        for ctx, order in given
    ]
    first = {each[1].own_index: each for each in reversed(wanted) if each is not None}
    made = await _made(program, list(first.values()))
    return [None if each is None else made.get(each[1].nonce) for each in wanted]


async def _made(
    program: Program, wanted: Sequence[tuple[Context, Wanted]]
) -> dict[str, Assignment]:
    """By their nonces."""
    if not wanted:
        return {}
    if not is_postgres():
        tried = [await assign_of_pool(ctx, each) for ctx, each in wanted]
        return {row.nonce: row for row in tried if row is not None}
    at = wanted[0][1].at
    values = [_values(ctx, each) for ctx, each in wanted]
    columns = [list(column) for column in zip(*values, strict=True)]
    found = await rows(_AT_ONCE, [program.id, at, len(wanted), program.account_id, *columns])
    few = {row.pop("few") for row in found}
    if True in few:
        await step_down(program.id, at)
    return {row["nonce"]: loaded(Assignment, row) for row in found}


def _values(ctx: Context, each: Wanted) -> list[Any]:
    _program, _at, *rest = each.values()
    return [*rest, *who_acts(ctx)]
