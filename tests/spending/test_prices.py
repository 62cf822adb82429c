"""What things cost an account."""

import pytest

from backend.cli.verbs.reaching.spending import _print
from backend.spending.prices import Prices, prices_of
from backend.spending.spending import Spending
from models.messaging_rules import MessagingRules
from tests.support.factory.brands import make_account


async def test_the_rules_say_it_and_without_them_nobody_does(database: str) -> None:
    first, second = await make_account("lavka"), await make_account("apteka")
    await MessagingRules.create(account=first, sms_kopecks=150, email_kopecks=2, card_kopecks=1000)
    found = await prices_of([first.id, second.id])
    assert found == {first.id: Prices(150, 2, 1000), second.id: Prices()}
    assert found[first.id].by_channel == {"sms": 150, "email": 2}
    assert await prices_of([]) == {}


def test_stars_are_told_beside_roubles(capsys: pytest.CaptureFixture[str]) -> None:
    _print(Spending([], 0, Prices(), paid=12))
    assert "12 paid messages cost at most" in (said := capsys.readouterr().out)
    assert "1.2 Stars" in said
    _print(Spending([], 0, Prices()))
    assert "Stars" not in capsys.readouterr().out
