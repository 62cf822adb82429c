"""What docs/messages.md tells of campaigns is true: its commands run and answer what is shown."""

from pathlib import Path

import pytest

from backend.access.issue_key import KeyOrder, issue_key
from backend.access.rights import Right
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from backend.platform.settings import Settings
from backend.web.run import listening
from models.brand import Brand
from tests.support.factory.brands import shop
from tests.web.api.pages import check, page


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_every_command_of_campaigns_runs(database: str, ctx: Context, tmp_path: Path) -> None:
    account, _, brand = await shop()
    await Brand.filter(id=brand.id).update(key="lavka")
    order = KeyOrder(account.id, "CRM", frozenset({Right.CAMPAIGNS}))
    key = (await issue_key(ctx.acting(OPERATOR, CLI), order)).text
    section = page("messages.md").split("\n## Campaigns\n")[1].split("\n## ")[0]
    async with listening(Settings(listen="127.0.0.1:0"), ctx) as site:
        await check(tmp_path, section, KARMAN=site, KEY=key)
