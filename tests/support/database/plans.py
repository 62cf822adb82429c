"""How the database would go about a statement."""

from typing import Any

from backend.platform.database import is_postgres, rows, transaction


async def plan(statement: str, values: list[Any]) -> str:
    """As it would go where it has a choice."""
    if not is_postgres():
        return str(await rows(f"EXPLAIN QUERY PLAN {statement}", values))
    async with transaction():
        await rows("SET LOCAL enable_seqscan = off")
        for number, value in reversed([*enumerate(values, 1)]):
            spelt = "ARRAY['x']" if isinstance(value, list) else f"'{value}'"
            statement = statement.replace(f"${number}", spelt)
        return str(await rows(f"EXPLAIN {statement}"))
