"""What things cost an account."""

from backend.spending.prices import Prices, prices_of
from models.messaging_rules import MessagingRules
from tests.support.factory.brands import make_account


async def test_the_rules_say_it_and_without_them_nobody_does(database: str) -> None:
    first, second = await make_account("lavka"), await make_account("apteka")
    await MessagingRules.create(account=first, sms_kopecks=150, email_kopecks=2, card_kopecks=1000)
    found = await prices_of([first.id, second.id])
    assert found == {first.id: Prices(150, 2, 1000), second.id: Prices()}
    assert found[first.id].by_channel == {"sms": 150, "email": 2}
    assert await prices_of([]) == {}
