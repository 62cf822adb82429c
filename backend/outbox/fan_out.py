"""Delivery rows for what was announced: one per reaction, so that one failing reaction never
repeats another; one per key where a reaction coalesces."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import orjson

from backend.outbox.reaction import Plan
from backend.outbox.wanted import Wanted, announced, wanted
from backend.platform.database import is_postgres, rows, transaction
from backend.platform.dialect import moment
from backend.platform.ids import new_uuid7

BATCH = 200
# Values of a statement are bounded.
ROWS = 500
_PLAIN = """
INSERT INTO outbox_deliveries (event_id, reaction, available_at, order_key, coalesce_key,
    attempts, attempts_before, alone, error)
VALUES {rows} ON CONFLICT DO NOTHING
"""
# The row that waits or runs is told of the newer event; backend/outbox/attempt.py sees it.
_COALESCE = """
INSERT INTO outbox_deliveries (event_id, reaction, available_at, order_key, coalesce_key,
    attempts, attempts_before, alone, error)
VALUES ($1, $2, $3, $4, $5, 0, 0, FALSE, '')
ON CONFLICT (reaction, coalesce_key)
    WHERE coalesce_key <> '' AND done_at IS NULL AND failed_at IS NULL
DO UPDATE SET event_id = excluded.event_id
"""
_STAMP = """
UPDATE outbox_events SET fanned_out_at = $1, uid = {uid} FROM {made}
WHERE outbox_events.id = CAST(made.key AS BIGINT)
"""
_STAMP_ON_POSTGRES = _STAMP.format(uid="made.value::uuid", made="jsonb_each_text($2) AS made")
_STAMP_ON_SQLITE = _STAMP.format(uid="made.value", made="json_each($2) AS made")


async def fan_out(now: datetime, plan: Plan) -> int:
    """Make deliveries for the next events that have none; return how many events.

    Kinds that are missing from the plan stay untouched: a process of a newer version knows
    them. Whom a reaction concerns is asked before the transaction. Of two relays at once the
    second waits for the first, row by row from the oldest, so that an event never gets its
    deliveries before an older one that was visible with it.
    """
    found = await _waiting(list(plan))
    if not found:
        return 0
    made = await wanted([announced(row) for row in found], plan)
    async with transaction():
        mine = await _locked([row["id"] for row in found])
        await _insert(now, [each for each in made if each.event_id in mine])
        await _stamp(now, mine)
    return len(mine)


async def _waiting(kinds: list[str]) -> list[dict[str, Any]]:
    if not kinds:
        return []
    return await rows(
        "SELECT id, kind, payload FROM outbox_events"  # noqa: S608  marks only
        f" WHERE fanned_out_at IS NULL AND kind IN ({_marks(1, len(kinds))})"
        f" ORDER BY id LIMIT {BATCH}",
        kinds,
    )


async def _locked(ids: list[int]) -> dict[int, datetime]:
    """Those that no other relay has taken meanwhile: id → when it was announced."""
    lock = "FOR UPDATE" if is_postgres() else ""
    found = await rows(
        f"SELECT id, at FROM outbox_events WHERE id IN ({_marks(1, len(ids))})"  # noqa: S608
        f" AND fanned_out_at IS NULL ORDER BY id {lock}",
        ids,
    )
    return {row["id"]: moment(row["at"]) for row in found}


async def _insert(now: datetime, made: Sequence[Wanted]) -> None:
    plain = [each for each in made if not each.coalesce_key]
    for first in range(0, len(plain), ROWS):
        some = plain[first : first + ROWS]
        values = [v for e in some for v in (e.event_id, e.reaction, now, e.order_key)]
        await rows(_PLAIN.format(rows=_deliveries(len(some))), values)
    newest = {(each.reaction, each.coalesce_key): each for each in made if each.coalesce_key}
    for each in newest.values():
        values = [each.event_id, each.reaction, now, each.order_key, each.coalesce_key]
        await rows(_COALESCE, values)


async def _stamp(now: datetime, mine: dict[int, datetime]) -> None:
    if mine:
        made = {str(event_id): str(new_uuid7(at)) for event_id, at in mine.items()}
        statement = _STAMP_ON_POSTGRES if is_postgres() else _STAMP_ON_SQLITE
        await rows(statement, [now, orjson.dumps(made).decode()])


@cache
def _deliveries(count: int) -> str:
    """Values for so many rows of _PLAIN."""
    return ", ".join(
        f"(${n}, ${n + 1}, ${n + 2}, ${n + 3}, '', 0, 0, FALSE, '')"
        for n in range(1, 4 * count + 1, 4)
    )


def _marks(first: int, count: int) -> str:
    return ", ".join(f"${n}" for n in range(first, first + count))
