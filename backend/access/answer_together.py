"""What several ask at the same time is done and answered in one transaction
(docs/decisions/0029-done-together.md).

Each keeps what answer_once promises. Whatever cannot simply be done (it was asked before, it is
refused, another process is at it) is left out, so that it is asked alone.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from backend.access.answer_once import ANSWER, Given, Request, as_kept
from backend.platform.context import Context
from backend.platform.database import among, is_postgres, rows, transaction
from backend.platform.records import given as as_value
from backend.platform.records import records

# Nobody waits longer for a request that somebody else is at: whoever holds the same
# Idempotency-Key in another process.
_PATIENCE = "500ms"
# In the order of the keys, as everywhere: of two processes that claim the same ones neither waits
# for the other in a circle.
# of all: whoever asks has proven to hold the key
_CLAIM = """
INSERT INTO {{table}} ({{asker}}, idempotency_key, digest, headers, created_at)
SELECT a.asker, a.name, a.digest, '{{{{}}}}', $2 FROM {bound}{asked} WHERE TRUE
ORDER BY a.asker, a.name
ON CONFLICT ({{asker}}, idempotency_key) DO NOTHING
RETURNING id, {{asker}} AS asker, idempotency_key
"""
# For how many something is to be done changes with each turn: PostgreSQL would plan each anew, and
# take as long for it as for the work. All that is done here are looks at indexes, planned once, and
# also where tables were empty when that was; nor is it compiled, as it would be for the many that
# such a plan expects.
_SET = {
    "lock_timeout": _PATIENCE,
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "jit_above_cost": "-1",
}
_BOUND = (
    "(SELECT "
    + ", ".join(f"set_config('{name}', '{value}', TRUE)" for name, value in _SET.items())
    + ") AS bound, "
)
# of all: the rows that were claimed by these very requests
_ANSWERS = """
UPDATE {table} SET status = a.status, headers = CAST(a.headers AS JSONB), body = a.body
FROM unnest($1::bigint[], $2::int[], $3::text[], $4::bytea[]) AS a(id, status, headers, body)
WHERE {table}.id = a.id
"""
# of all: rows that were claimed by these very requests
_LET_GO = "DELETE FROM {{table}} WHERE id {among}"

# Of the requests at these places: what each was answered; None, and nothing done, for what has to
# be asked alone.
Work = Callable[[Sequence[int]], Awaitable[Sequence[Given | None]]]


async def answer_together(
    ctx: Context, requests: Sequence[Request], work: Work
) -> list[Given | None]:
    """Of one book. None for what has to be asked alone; what is raised concerns all of them, and
    then nothing was done."""
    answers: list[Given | None] = [None] * len(requests)
    async with transaction():
        claimed = await _claimed(ctx, requests)
        if not claimed:
            return answers
        kept, left = list[list[Any]](), list[int]()
        for place, given in zip(claimed, await work(list(claimed)), strict=True):
            answers[place] = given
            if given is None:
                left.append(claimed[place])
            else:
                kept.append(as_kept(ctx, claimed[place], given))
        await _keep(requests[0], kept)
        if left:
            await rows(requests[0].written(_LET_GO.format(among=among(1))), [left])
    return answers


async def _claimed(ctx: Context, requests: Sequence[Request]) -> dict[int, int]:
    """By place the row of each that nobody has asked before; of two that are the same the first."""
    first = dict[tuple[int, str], int]()
    for place, each in enumerate(requests):
        first.setdefault((each.asker_id, each.idempotency_key), place)
    asked = [
        {"asker": asker, "name": name, "digest": requests[place].digest}
        for (asker, name), place in first.items()
    ]
    bound = _BOUND if is_postgres() else ""
    statement = _CLAIM.format(
        bound=bound, asked=records(["asker bigint", "name text", "digest text"])
    )
    made = await rows(requests[0].written(statement), [as_value(asked), ctx.clock()])
    found = {first[row["asker"], row["idempotency_key"]]: row["id"] for row in made}
    return dict(sorted(found.items()))


async def _keep(of: Request, kept: Sequence[list[Any]]) -> None:
    if is_postgres():
        columns = [list(column) for column in zip(*kept, strict=True)]
        if columns:
            await rows(of.written(_ANSWERS), columns)
        return
    for each in kept:
        await rows(of.written(ANSWER), each)
