"""Every program with the numbers of its pool, for the operator."""

from typing import Any

from backend.platform.database import rows

# of all: the operator sees every pool
_POOLS = """
SELECT programs.key, programs.processor, programs.pool_level,
    (SELECT count(*) FROM pool_numbers n WHERE n.program_id = programs.id
        AND n.status = 'free') AS free,
    (SELECT count(*) FROM pool_numbers n WHERE n.program_id = programs.id
        AND n.status = 'issued') AS issued,
    (SELECT count(*) FROM pool_numbers n WHERE n.program_id = programs.id
        AND n.status = 'reserved') AS reserved,
    (SELECT count(*) FROM pool_numbers n WHERE n.program_id = programs.id
        AND n.status = 'quarantined') AS quarantined,
    (SELECT COALESCE(sum(f.n), 0) FROM facts f JOIN brands b ON b.id = f.brand_id
        WHERE f.account_id = programs.account_id AND f.kind = 'profile_refreshed'
        AND b.program_id = programs.id) AS refreshed,
    (SELECT count(*) FROM number_waits w WHERE w.program_id = programs.id) AS waiting
FROM programs ORDER BY programs.key
"""


async def pools_listed() -> list[dict[str, Any]]:
    """By key: how many numbers are free, issued, reserved and quarantined; `refreshed` are plastic
    cards that brought the brand newer data, `waiting` people who asked to be told."""
    return await rows(_POOLS)
