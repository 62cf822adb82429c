"""The operator looks at what waits, at the command line, and answers what they have looked at."""

from argparse import Namespace

import pytest

from backend.brands.offers.enter_offer import enter_offer
from backend.cli.explain import CannotRun
from backend.cli.main import build_parser
from backend.cli.verbs.brands import offers
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from catalog.tenant import Scope
from models.offer import Offer, OfferDraft
from tests.brands.offers.entries import WHICH, offer


@pytest.fixture
def operator(ctx: Context) -> Context:
    return ctx.acting(OPERATOR, CLI)


def typed(*words: str) -> Namespace:
    return build_parser().parse_args(["offers", *words])


async def shown(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    await offers.review()
    return capsys.readouterr().out.splitlines()


async def test_a_change_is_looked_at_and_approved(
    operator: Context, published: Scope, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await shown(capsys) == ["nothing waits for approval"]
    change = offer("in_review", "Два пряника", cities="everywhere")
    await enter_offer(operator, published, *WHICH, change)
    lines = await shown(capsys)
    assert lines[0].startswith("lavka welcome, of lavka: a change of what people see, since ")
    assert "    benefit: Два пряника / A gingerbread" in lines
    assert "        instead of: Пряник / A gingerbread" in lines
    assert "    cities: none" not in lines, "everywhere is no city"
    assert "    cities: everywhere" in lines
    assert "        instead of: kazan, moscow" in lines
    words = lines[-2].split()[2:]
    assert words[:3] == ["approve", "lavka", "welcome"]
    with pytest.raises(CannotRun, match="has changed since"):
        await offers.answer(typed(*words[:3], "00000000"), operator)
    await offers.answer(typed(*words), operator)
    assert (await Offer.get()).benefit_ru == "Два пряника"
    with pytest.raises(CannotRun, match="nothing of this offer waits"):
        await offers.answer(typed(*words), operator)


async def test_a_new_one_is_refused(
    operator: Context, lavka: Scope, capsys: pytest.CaptureFixture[str]
) -> None:
    await enter_offer(operator, lavka, *WHICH, offer("in_review"))
    lines = await shown(capsys)
    assert ": new, since " in lines[0]
    words = ["refuse", *lines[-2].split()[3:], "--reason", "Нет", "--reason-en", "No"]
    await offers.answer(typed(*words), operator)
    row = await Offer.get()
    assert (row.status, row.reason_ru, row.reason_en) == ("draft", "Нет", "No")
    assert not await OfferDraft.exists()
    with pytest.raises(CannotRun, match="no brand has this key"):
        await offers.answer(typed("approve", "vasilek", "x", "00000000"), operator)
    with pytest.raises(CannotRun, match="expected 1 to 1000"):
        offers.reasons(" ", None)
