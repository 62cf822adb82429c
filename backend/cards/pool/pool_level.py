"""How full a program's pool is, and who hears of it: each step down is announced once, in the
transaction of the claim that makes it. What concurrent claims may miss is found by a schedule."""

from datetime import datetime

from backend.events.event import Event
from backend.events.numbers import PoolRanEmpty, PoolRanLow
from backend.outbox.announce import announce
from backend.platform.database import rows, transaction
from models.pool_number import free_numbers
from models.program import FROM_POOL_SQL, PoolLevel

# Fewer free numbers than this are few.
LOW = 100
# At most LOW rows are looked at, however large the pool is.
FREE = f"""
SELECT count(*) FROM ({free_numbers("{program}", most=LOW)}) AS few
"""  # noqa: S608  put together from constants
# Whether a step down may come when one is taken: of a fuller pool nothing has to be looked at.
FEW = f"""
(SELECT count(*) FROM ({free_numbers("{program}", most=LOW + 1)}) AS free) <= {LOW}
"""  # noqa: S608
_LEVEL = f"""
CASE WHEN ({FREE}) = 0 THEN 'empty' WHEN ({FREE}) < {LOW} THEN 'low' ELSE 'ok' END
"""
LEVEL_OF_ONE = _LEVEL.format(program="$1")
# Of a pool that gets no fuller: nothing is written while it is as full as it was.
# of all: the program of the claim
_STEP_DOWN = f"""
UPDATE programs SET pool_level = {LEVEL_OF_ONE}
WHERE id = $1 AND (pool_level = 'ok' AND {LEVEL_OF_ONE} <> 'ok'
    OR pool_level = 'low' AND {LEVEL_OF_ONE} = 'empty')
RETURNING account_id, pool_level
"""  # noqa: S608
# of all: the program that was loaded, or one of the round
_SET = f"UPDATE programs SET pool_level = {LEVEL_OF_ONE} WHERE id = $1 RETURNING pool_level"  # noqa: S608
# of all: the program that was loaded
_ENOUGH = "UPDATE programs SET pool_level = 'ok' WHERE id = $1 AND pool_level <> 'ok'"
# of all: the round looks at every pool
_OFF = f"""
SELECT id FROM programs WHERE processor IN {FROM_POOL_SQL}
AND pool_level <> {_LEVEL.format(program="programs.id")} ORDER BY id
"""  # noqa: S608
# of all: told to the operator
_IN_NEED = f"""
SELECT key, level FROM (SELECT key, {_LEVEL.format(program="programs.id")} AS level
    FROM programs WHERE processor IN {FROM_POOL_SQL} AND status = 'active') AS levels
WHERE level <> 'ok' ORDER BY level, key
"""  # noqa: S608


def ran(program_id: int, account_id: int, level: PoolLevel) -> Event:
    event = PoolRanEmpty if level is PoolLevel.EMPTY else PoolRanLow
    return event(program_id=program_id, account_id=account_id)


async def step_down(program_id: int, now: datetime) -> None:
    """Inside a transaction, after numbers were taken away: announces what has become true."""
    for found in await rows(_STEP_DOWN, [program_id]):
        await announce(now, ran(program_id, found["account_id"], PoolLevel(found["pool_level"])))


async def set_level(program_id: int, added: int = 0) -> PoolLevel:
    """Inside a transaction, after numbers were added: whoever adds them sees what there is.
    `added`: so many, as free ones, by this very transaction, of which nobody else can have taken
    any; where these alone are enough, none is looked for."""
    if added >= LOW:
        await rows(_ENOUGH, [program_id])
        return PoolLevel.OK
    found = await rows(_SET, [program_id])
    return PoolLevel(found[0]["pool_level"])


async def settle_levels(now: datetime) -> int:
    """Every pool whose level is not what was said; how many there were."""
    off = await rows(_OFF)
    for each in off:
        async with transaction():
            await step_down(each["id"], now)
            await set_level(each["id"])
    return len(off)


async def pools_in_need() -> list[tuple[str, PoolLevel]]:
    """Keys of the programs with few numbers or none, as things are now."""
    found = await rows(_IN_NEED)
    return [(row["key"], PoolLevel(row["level"])) for row in found]


async def pools_by_level() -> dict[str, int]:
    """How many programs with a pool are at each level, 0 included."""
    counted = await rows(
        # of all: told to the operator
        "SELECT pool_level, count(*) AS programs FROM programs"  # noqa: S608
        f" WHERE processor IN {FROM_POOL_SQL} GROUP BY pool_level"
    )
    found = {row["pool_level"]: int(row["programs"]) for row in counted}
    return {level.value: found.get(level.value, 0) for level in PoolLevel}
