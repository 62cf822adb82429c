"""The operator looks at segments of accounts."""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.cli import opened
from backend.cli.verbs.reaching import segments
from backend.platform.context import Context
from models.consent_state import ConsentState
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


async def test_verify_finds_and_mend_puts_right(
    database: str,
    ctx: Context,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @asynccontextmanager
    async def here(_: object) -> AsyncIterator[Context]:
        yield ctx

    monkeypatch.setattr(opened, "opened", here)
    monkeypatch.setattr(opened, "start", lambda: None)
    said = await agreed(ctx)
    other = await agreed(ctx, (said.account, said.program, said.brand))
    asked = argparse.Namespace()
    assert await segments.verify(asked) == 0
    assert capsys.readouterr().out == "everybody is counted where they are\n"
    await ConsentState.filter(customer_id=said.customer.id).update(reach=2)
    await ConsentState.filter(customer_id=other.customer.id).update(reach=None)
    assert await segments.verify(asked) == 1
    wrong, waits, verdict = capsys.readouterr().out.splitlines()
    assert wrong == f"customer {said.customer.id} is counted where they are not"
    assert waits == "1 people were there before the upgrade; the worker comes to them"
    assert verdict == "1 people are counted wrongly"
    assert await segments.mend(asked) == 0
    assert capsys.readouterr().out == "2 people are looked at anew\n"
    assert await segments.verify(asked) == 0
