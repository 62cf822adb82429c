"""The triggers that are switched on, by what they wait for."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from backend.platform.database import among, loaded, rows
from models.trigger import Trigger, TriggerEvent

# of all: what has happened concerns whoever waits for it
_OF_BRANDS = """
SELECT t.* FROM triggers t WHERE t.event = $1 AND t.is_on AND t.brand_id {brands}
    AND (t.starts_at IS NULL OR t.starts_at <= $3) AND (t.ends_at IS NULL OR t.ends_at > $3)
ORDER BY t.id
"""
# of all: the brands whose card it is
_OF_PROGRAM = """
SELECT t.* FROM triggers t JOIN brands b ON b.id = t.brand_id
WHERE t.event = $1 AND t.is_on AND b.program_id = $2
    AND (t.starts_at IS NULL OR t.starts_at <= $3) AND (t.ends_at IS NULL OR t.ends_at > $3)
ORDER BY t.id
"""
# of all: whether anybody waits for it
_PROGRAMS = """
SELECT DISTINCT b.program_id FROM triggers t JOIN brands b ON b.id = t.brand_id
WHERE t.event {events} AND t.is_on AND b.program_id {programs}
"""


async def triggers_of_brands(
    brand_ids: Collection[int], event: TriggerEvent, now: datetime
) -> list[Trigger]:
    values = [event.value, sorted(brand_ids), now]
    return [loaded(Trigger, row) for row in await rows(_OF_BRANDS.format(brands=among(2)), values)]


async def triggers_of_program(program_id: int, event: TriggerEvent, now: datetime) -> list[Trigger]:
    """Of each brand whose card it is."""
    found = await rows(_OF_PROGRAM, [event.value, program_id, now])
    return [loaded(Trigger, row) for row in found]


async def programs_watched(program_ids: Collection[int], *events: TriggerEvent) -> set[int]:
    """Those of which a trigger waits for one of these, now or later."""
    if not program_ids:
        return set()
    named = ", ".join(f"'{event.value}'" for event in events)
    statement = _PROGRAMS.format(events=f"IN ({named})", programs=among(1))
    return {row["program_id"] for row in await rows(statement, [sorted(program_ids)])}


async def concerned(events: Sequence[Any], *waited: TriggerEvent) -> list[Any]:
    """Those of these events of cards for which a trigger of their program waits."""
    watched = await programs_watched({event.program_id for event in events}, *waited)
    return [event for event in events if event.program_id in watched]
