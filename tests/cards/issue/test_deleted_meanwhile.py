"""«Delete my data» by the operator beside a tap of the same person: nothing is made for nobody."""

import asyncio

import pytest

from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.cards.pocket.wallet import remove_card
from backend.customers.my_data.delete_data import delete_data
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from catalog.scope import wallet_of
from models.card import Card
from models.consent_record import ConsentRecord
from models.offer import Offer
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import applied, issued
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def offer() -> Offer:
    return await make_offer(await make_program(await make_account(), numbers=3))


async def test_a_new_card(ctx: Context, offer: Offer) -> None:
    """The tap has read everything; the deletion commits before the claim."""
    anna = await someone(ctx, 1)
    await applied(ctx, anna, [offer])
    current = await current_application(ctx, anna)
    await delete_data(ctx.acting(OPERATOR, CLI), anna.id)
    outcome = (await issue_cards(ctx, anna, current))[0]
    assert outcome.refusal is not None
    assert outcome.refusal.code is Code.APPLICATION_CLOSED
    assert not await Card.all().count()
    assert not await ConsentRecord.all().count()
    assert await PoolNumber.filter(status=NumberStatus.FREE).count() == 3


async def test_a_card_that_was_removed(ctx: Context, offer: Offer) -> None:
    anna = await someone(ctx, 1)
    await issued(ctx, anna, [offer])
    await remove_card(ctx, anna, (await Card.get()).id)
    await applied(ctx, anna, [offer])
    current = await current_application(ctx, anna)
    await delete_data(ctx.acting(OPERATOR, CLI), anna.id)
    outcome = (await issue_cards(ctx, anna, current))[0]
    assert outcome.refusal is not None
    assert outcome.refusal.code is Code.APPLICATION_CLOSED
    assert not await wallet_of(anna.id).exists()


async def test_at_once(ctx: Context, offer: Offer) -> None:
    """Whichever commits first: no card of a deleted person is in a wallet."""
    for telegram_id in range(1, 4):
        person = await someone(ctx, telegram_id)
        await applied(ctx, person, [offer])
        current = await current_application(ctx, person)
        await asyncio.gather(
            issue_cards(ctx, person, current), delete_data(ctx.acting(OPERATOR, CLI), person.id)
        )
        assert not await wallet_of(person.id).exists()
