"""The first free number of a pool is found, and whether there is one and whether they become few is
told, however many were used before: none of those is looked at."""

import pytest

from backend.cards.pool.pool_level import FEW, FREE
from backend.platform.database import is_postgres, rows
from models.pool_number import free_numbers
from tests.support.factory.brands import make_account, make_program

pytestmark = pytest.mark.usefixtures("database")

USED, LEFT = 10_000, 20_000
# of all: the program of this test
_FILL = """
INSERT INTO pool_numbers (program_id, printed_number, barcode_value, status, reason, changed_at)
SELECT $1, n, n, CASE WHEN n <= {used} THEN 'issued' ELSE 'free' END, '', CURRENT_TIMESTAMP
FROM {numbers}
"""
_NUMBERS_ON_POSTGRES = f"generate_series(1, {USED + LEFT}) AS n"
_NUMBERS_ON_SQLITE = (
    "(WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted"
    f" WHERE n < {USED + LEFT}) SELECT n FROM counted)"
)


ASKED = {
    "few": f"SELECT {FEW}",
    "count": FREE,
    "first": free_numbers("{program}", "id"),
    "any": f"SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM ({free_numbers('{program}')}) AS free)",
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
async def test_used_numbers_are_not_looked_at(asked: str) -> None:
    program = await make_program(await make_account("club"), "club", numbers=0)
    numbers = _NUMBERS_ON_POSTGRES if is_postgres() else _NUMBERS_ON_SQLITE
    await rows(_FILL.format(used=USED, numbers=numbers), [program.id])
    await rows("ANALYZE")
    explain = "EXPLAIN (ANALYZE)" if is_postgres() else "EXPLAIN QUERY PLAN"
    found = str(await rows(f"{explain} {asked.format(program=program.id)}"))
    assert "pool_numbers_free" in found
    assert "Seq Scan" not in found
