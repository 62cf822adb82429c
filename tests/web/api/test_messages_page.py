"""What docs/messages.md tells of campaigns is true: its commands run and answer what is shown."""

import json
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
from tests.support.source import ROOT
from tests.web.api.test_partners_page import blocks, differs, run

PAGE = ROOT / "docs" / "messages.md"


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_every_command_of_campaigns_runs(database: str, ctx: Context, tmp_path: Path) -> None:
    account, _, brand = await shop()
    await Brand.filter(id=brand.id).update(key="lavka")
    order = KeyOrder(account.id, "CRM", frozenset({Right.CAMPAIGNS}))
    key = (await issue_key(ctx.acting(OPERATOR, CLI), order)).text
    section = PAGE.read_text(encoding="utf-8").split("\n## Campaigns\n")[1].split("\n## ")[0]
    told = blocks(section)
    async with listening(Settings(listen="127.0.0.1:0"), ctx) as site:
        printed = await run(tmp_path, told, KARMAN=site, KEY=key)
    assert len(printed) == len(told) > 3
    for (command, shown), answer in zip(told, printed, strict=True):
        if shown is not None:
            assert differs(shown, json.loads(answer)) == "", f"{command}\n{answer}"
