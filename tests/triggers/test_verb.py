"""The operator looks at triggers, and switches them."""

import pytest

from backend.cli.main import build_parser
from backend.cli.verbs.reaching import triggers
from backend.platform.context import Context
from models.refusal import Refusal
from models.trigger import Trigger, TriggerEvent
from tests.triggers.given import a_shop, a_trigger


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_list_show_and_switch(
    database: str, ctx: Context, capsys: pytest.CaptureFixture[str]
) -> None:
    _, _, brand = await a_shop()
    trigger = await a_trigger(ctx, brand, TriggerEvent.BIRTHDAY, "С днём\nрождения")
    for words in (["list", "--brand", "romashka"], ["show", str(trigger.id)]):
        typed = build_parser().parse_args(["triggers", *words])
        await (triggers.list_all if words[0] == "list" else triggers.show)(typed, ctx)
    said = capsys.readouterr().out
    assert "romashka" in said
    assert "birthday" in said
    assert "С днём рождения" in said
    await triggers.switch(build_parser().parse_args(["triggers", "off", str(trigger.id)]), ctx)
    assert not (await Trigger.get(id=trigger.id)).is_on
    with pytest.raises(Refusal):
        await triggers.show(build_parser().parse_args(["triggers", "show", "99"]), ctx)
