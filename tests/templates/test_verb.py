"""The operator looks at what «Ромашка» says."""

import json
import re
from argparse import Namespace
from typing import Any

import pytest

from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.reaching import templates
from backend.customers.choices.samples import hear_samples
from backend.platform.context import Context
from models.messaging_rules import MessagingRules
from models.refusal import Refusal
from models.template import MessageTemplate
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone

CONTENT: dict[str, Any] = {
    "ru": {"text": "{name}, чай\nдешевле", "button": "Где", "sms": "Чай: https://a.ru"},
    "opens": {"offer": "a-b", "id": 7},
    "fallbacks": {"name": {"ru": "Друг"}},
}


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["templates", *words])


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_list_show_and_preview(
    database: str, ctx: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    account, _, _ = await shop()
    await MessagingRules.create(account=account, sms_kopecks=350)
    row: dict[str, Any] = {"account": account, "created_at": ctx.clock(), "changed_at": ctx.clock()}
    await MessageTemplate.create(key="tea", name="Чай", purpose="promo", content=CONTENT, **row)
    await MessageTemplate.create(
        key="old", name="Старое", purpose="service", archived_at=ctx.clock(), **row
    )
    await templates.list_all(typed("list", "romashka"), ctx)
    assert capsys.readouterr().out.split() == ["tea", "promo", "v1", "Чай"]
    await templates.list_all(typed("list", "romashka", "--archived"), ctx)
    assert capsys.readouterr().out.startswith("old")
    await templates.show(typed("show", "romashka", "tea"), ctx)
    shown = json.loads(capsys.readouterr().out)
    assert shown["content"] == CONTENT | {"opens": {"offer": "a-b"}}
    assert set(shown) == {"name", "purpose", "content"}

    await templates.preview(typed("preview", "romashka", "tea", "--value", "name=Анна"), ctx)
    told = capsys.readouterr().out
    assert "ru telegram\n    Анна, чай\n    дешевле\n    \n    Реклама. ООО" in told
    assert "    [Где]\n    [🔕 Не присылать рекламу]" in told
    assert "ru sms: 2 parts of UCS-2, " in told
    assert re.search(r", 7\.00 RUB\n    Чай: http\S+/l/3kT7mQ2vR9bZ4LpWs Реклама\.", told)
    await templates.preview(typed("preview", "romashka", "tea", "--nothing"), ctx)
    assert "Друг, чай" in capsys.readouterr().out
    await templates.invite(typed("invite", "romashka"), ctx)
    link = capsys.readouterr().out.splitlines()[0]
    anna = await someone(ctx)
    asked = typed("test", "romashka", "tea", "--customer", str(anna.id), "--channel", "email")
    with pytest.raises(Refusal):
        await templates.test(asked, ctx)
    await hear_samples(ctx, anna, link.rpartition("/t/")[2])
    await templates.test(asked, ctx)
    assert "waits to be sent by email" in capsys.readouterr().out
    with pytest.raises(Refusal):
        await templates.test(typed("test", "romashka", "tea", "--phone", "12"), ctx)
    for wrong in ("name", "=x"):
        with pytest.raises(CannotRun, match="expected NAME=TEXT"):
            await templates.preview(typed("preview", "romashka", "tea", "--value", wrong), ctx)
    for account_key, template in (("nobody", "tea"), ("romashka", "nothing")):
        with pytest.raises(Refusal):
            await templates.show(typed("show", account_key, template), ctx)
