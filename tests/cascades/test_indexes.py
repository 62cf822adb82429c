"""What is due is found by an index: of millions of deliveries none is walked past."""

from typing import Any

from backend.cascades import advance, ask_gateway, may_go_on, report
from backend.platform.database import is_postgres, rows, transaction

NOW = "2026-11-28T09:00:00+00:00"


async def plan(statement: str, values: list[Any]) -> str:
    """As the database would go, where it has a choice."""
    if not is_postgres():
        return str(await rows(f"EXPLAIN QUERY PLAN {statement}", values))
    async with transaction():
        await rows("SET LOCAL enable_seqscan = off")
        for number, value in reversed([*enumerate(values, 1)]):
            spelt = "ARRAY['x']" if isinstance(value, list) else f"'{value}'"
            statement = statement.replace(f"${number}", spelt)
        return str(await rows(f"EXPLAIN {statement}"))


async def test_the_index_is_used(database: str) -> None:

    def found(listed: str) -> str:
        return report._FOUND.format(these=these, lock="", listed=listed)

    these = "= ANY($1::text[])" if is_postgres() else "IN (SELECT value FROM json_each($1))"
    for statement, values, index in (
        (advance._DUE.format(lock=""), [NOW, 5], "deliveries_next"),
        (ask_gateway._DUE.format(lock=""), [NOW, 5], "deliveries_to_ask"),
        (ask_gateway._OVER, [NOW, NOW], "deliveries_to_ask"),
        (found(report._OTHERS), [["x"], "sms"], "deliveries_provider"),
        (found(report._LISTED["wallet"]), [["x"], "wallet"], "deliveries_on_cards"),
        (may_go_on._NOT_PLANNED_YET, [1], "deliveries_to_count"),
        (may_go_on._PLANNED, [1], "deliveries_next"),
    ):
        assert index in await plan(statement, values), statement
