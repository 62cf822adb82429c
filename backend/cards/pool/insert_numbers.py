"""Free numbers into a pool by a few statements, and which of them stand in the way of others."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from tortoise.exceptions import IntegrityError

from backend.platform.copy_in import copy_in
from backend.platform.database import is_postgres, rows, transaction

_GIVEN_ON_POSTGRES = (
    "unnest(string_to_array($2, chr(31)), string_to_array($3, chr(31)))"
    " WITH ORDINALITY AS g(printed, value, place)"
)
_GIVEN_ON_SQLITE = """
(SELECT json_extract(e.value, '$[0]') AS printed, json_extract(e.value, '$[1]') AS value,
    e.key + 1 AS place FROM json_each($2) e) AS g
"""
_ADD = """
INSERT INTO pool_numbers (program_id, printed_number, barcode_value, status, changed_at, reason)
SELECT {program}, g.printed, g.value, 'free', {now}, '' FROM {given} WHERE TRUE
ON CONFLICT DO NOTHING
"""
_MADE = _ADD.format(program="$1::bigint", now="$4::timestamptz", given=_GIVEN_ON_POSTGRES)
_ADD_ON_POSTGRES = f"WITH made AS ({_MADE} RETURNING 1) SELECT count(*) AS number FROM made"  # noqa: S608
_ADD_ON_SQLITE = _ADD.format(program="$1", now="$3", given=_GIVEN_ON_SQLITE)
_COLUMNS = (
    "program_id", "printed_number", "barcode_value", "status", "changed_at", "reason",
)  # fmt: skip
# CROSS: SQLite keeps the order, else it may look at the list anew for each card.
_CARRIED = """
SELECT g.place FROM {given} CROSS JOIN cards c
WHERE c.program_id = $1 AND c.printed_number = g.printed
UNION
SELECT g.place FROM {given} CROSS JOIN cards c
WHERE c.program_id = $1 AND c.barcode_value = g.value
"""
_IN_THE_WAY = """
SELECT g.place, COALESCE(n.status, 'another') AS status FROM {given}
LEFT JOIN pool_numbers n
    ON n.program_id = $1 AND n.barcode_value = g.value AND n.printed_number = g.printed
WHERE n.status IS NULL OR n.status <> 'free'
"""
# In the order of an index of the program's own: else PostgreSQL reads everybody's to meet one.
_ANY_CARD = "SELECT 1 AS one FROM cards WHERE program_id = $1 ORDER BY printed_number LIMIT 1"


class InTheWay(StrEnum):
    """Why a number could not be added."""

    CARRIED = "carried"
    ISSUED = "issued"
    RESERVED = "reserved"
    QUARANTINED = "quarantined"
    # Its printed form or its barcode is that of another number.
    ANOTHER = "another"


async def insert_numbers(
    program_id: int, printed: Sequence[str], values: Sequence[str], now: datetime
) -> int:
    """Inside a transaction; how many were new. What is there already is left as it is."""
    if not printed:
        return 0
    if is_postgres():
        return await _insert_on_postgres(program_id, printed, values, now)
    await rows(_ADD_ON_SQLITE, [program_id, *_sides(printed, values), now])
    return int((await rows("SELECT changes() AS number"))[0]["number"])


async def _insert_on_postgres(
    program_id: int, printed: Sequence[str], values: Sequence[str], now: datetime
) -> int:
    """Copied in, which takes half of the time of an insert that looks for each number itself; that
    one is for a list in which something is there already."""
    pairs = zip(printed, values, strict=True)
    try:
        async with transaction():
            head, at = str(program_id), now.isoformat()
            lines = [(head, number, value, "free", at, "") for number, value in pairs]
            await copy_in("pool_numbers", _COLUMNS, lines)
    except IntegrityError:
        sides = [program_id, *_sides(printed, values), now]
        return int((await rows(_ADD_ON_POSTGRES, sides))[0]["number"])
    return len(printed)


async def carried(program_id: int, printed: Sequence[str], values: Sequence[str]) -> set[int]:
    """Places (from 0) of the numbers that somebody's card has."""
    if not printed or not await rows(_ANY_CARD, [program_id]):
        return set()
    found = await _asked(_CARRIED, program_id, printed, values)
    return {int(row["place"]) - 1 for row in found}


async def in_the_way(
    program_id: int, printed: Sequence[str], values: Sequence[str]
) -> dict[int, InTheWay]:
    """After they were added: by place (from 0), what is not a free number now."""
    found = await _asked(_IN_THE_WAY, program_id, printed, values)
    return {int(row["place"]) - 1: InTheWay(row["status"]) for row in found}


async def _asked(
    statement: str, program_id: int, printed: Sequence[str], values: Sequence[str]
) -> list[dict[str, Any]]:
    given = _GIVEN_ON_POSTGRES if is_postgres() else _GIVEN_ON_SQLITE
    return await rows(statement.format(given=given), [program_id, *_sides(printed, values)])


def _sides(printed: Sequence[str], values: Sequence[str]) -> list[Any]:
    if is_postgres():
        # A driver looks at each item of a list; no number has a control character.
        return ["\x1f".join(printed), "\x1f".join(values)]
    # In one list: a join of two would read the second once for each item of the first.
    return [orjson.dumps(list(zip(printed, values, strict=True))).decode()]
