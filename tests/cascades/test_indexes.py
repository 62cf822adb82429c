"""What is due is found by an index: of millions of deliveries none is walked past."""

from backend.cascades import advance, ask_gateway, may_go_on, read_arrivals, report
from backend.platform.database import is_postgres
from tests.support.database.plans import plan

NOW = "2026-11-28T09:00:00+00:00"


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
        (read_arrivals._WAITING, [NOW, 0, 5], "deliveries_not_arrived"),
    ):
        assert index in await plan(statement, values), statement
