"""Whatever the table holds, what is done together is planned for looks at indexes; and nothing of
that stays on the connection."""

from collections.abc import Sequence
from typing import Any

import pytest

from backend.access.answer_once import Given, Request
from backend.access.answer_together import answer_together
from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.platform.context import Context
from backend.platform.database import rows, transaction
from models.api_answer import ApiAnswer
from tests.support.factory.brands import make_account

_ASKED = """
SELECT current_setting('plan_cache_mode') AS plans, current_setting('enable_seqscan') AS scans,
    current_setting('jit_above_cost') AS compiles, current_setting('lock_timeout') AS patience
"""
TOGETHER = {
    "plans": "force_generic_plan",
    "scans": "off",
    "compiles": "-1",
    "patience": "500ms",
}


async def settings() -> dict[str, Any]:
    (found,) = await rows(_ASKED)
    return found


@pytest.mark.parametrize("engine", ["postgres"])
@pytest.mark.usefixtures("database")
async def test_how_postgresql_plans_what_is_done_together(ctx: Context) -> None:
    account, alone = await make_account("lavka"), await settings()
    order = KeyOrder(account.id, "crm", frozenset({Right.ASSIGNMENTS}))
    key = (await issue_key(ctx, order)).key
    seen = list[dict[str, Any]]()

    async def work(places: Sequence[int]) -> list[Given]:
        seen.append(await settings())
        return [Given(200, {}, b"{}") for _ in places]

    requests = [Request(key.id, f"k-{n}", "digest") for n in range(3)]
    told = await answer_together(ctx, requests, work)
    assert [given and given.status for given in told] == [200] * 3
    assert seen == [TOGETHER]
    async with transaction():
        assert await settings() == alone
    assert await settings() == alone != TOGETHER
    assert await ApiAnswer.filter(status=200).count() == 3
