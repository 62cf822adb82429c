"""The operator looks at segments of accounts."""

import argparse

import pytest

from backend.cli.verbs import segments
from backend.platform.context import Context
from models.refusal import Code, Refusal
from models.segment import Segment
from tests.support.factory.agreeing import agreed
from tests.support.factory.customers import with_chat


async def test_list_show_count(
    database: str, ctx: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await agreed(ctx)
    await with_chat(said.customer, 41)
    tree = {"field": "card", "is": "has_not"}
    for key, archived in (("asleep", None), ("old", ctx.clock())):
        await Segment.create(
            account=said.account, key=key, name="Спят", tree=tree, archived_at=archived,
            created_at=ctx.clock(),
        )  # fmt: skip
    asked = argparse.Namespace(account="romashka", segment="asleep", brand="romashka")
    await segments.listed(asked, ctx)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["romashka", "asleep"], ["romashka", "old"]]
    assert lines[1].endswith("archived")
    await segments.show(asked, ctx)
    shown = capsys.readouterr().out
    assert "Those with no card ever." in shown
    assert '"has_not"' in shown
    await segments.count(asked, ctx)
    assert "recipients     1\n" in capsys.readouterr().out
    asked.segment = "nothing"
    with pytest.raises(Refusal) as refused:
        await segments.show(asked, ctx)
    assert refused.value.code is Code.SEGMENT_NOT_FOUND
