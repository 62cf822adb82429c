"""Removal says nothing about a card's status: who removes a blocked card and asks for it again
has a blocked card."""

import pytest

from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.wallet import cards_in_wallet, remove_card
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from backend.platform.migrate import migrate
from models.card import Card, CardStatus
from models.customer import Customer
from models.offer import Offer
from models.program import Program
from tests.support.database.filling import Database
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone


@pytest.fixture
async def offer(database: str) -> Offer:
    return await make_offer(await make_program(await make_account(), numbers=3))


async def blocked(ctx: Context, offer: Offer) -> tuple[Customer, Card]:
    anna = await someone(ctx, 1)
    await issued(ctx, anna, [offer])
    await Card.all().update(status=CardStatus.BLOCKED)
    return anna, await Card.get()


@pytest.mark.parametrize("withdraws", [False, True], ids=["removes", "withdraws"])
async def test_a_blocked_card_stays_blocked(ctx: Context, offer: Offer, withdraws: bool) -> None:
    anna, card = await blocked(ctx, offer)
    if withdraws:
        account_id = (await Program.get()).account_id
        await withdraw_personal_data(ctx, anna, account_id)
    else:
        await remove_card(ctx, anna, card.id)
    assert await cards_in_wallet(anna) == []
    assert (await Card.get()).removed_at == ctx.clock()
    await issued(ctx, anna, [offer])
    back = await Card.get()
    assert (back.status, back.removed_at) == (CardStatus.BLOCKED, None)
    assert [each.id for each in await cards_in_wallet(anna)] == [card.id]


async def test_an_external_card_too(ctx: Context, database: str) -> None:
    anna = await someone(ctx, 1)
    given = ExchangeCard("Булочная", "123", "123")
    card, _ = await add_external(ctx, anna, given)
    await Card.all().update(status=CardStatus.BLOCKED)
    await remove_card(ctx, anna, card.id)
    again, new = await add_external(ctx, anna, given)
    assert (again.id, new) == (card.id, False)
    stored = await Card.get()
    assert (stored.status, stored.removed_at) == (CardStatus.BLOCKED, None)


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_removed_cards_of_an_earlier_version(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    await migrate(blank_database_url, last="0012_wallet")
    await database.fill(1)
    await database.ask(["UPDATE cards SET status = 'active'", "SELECT 1"])
    await database.ask(["UPDATE cards SET status = 'removed' WHERE id = 2", "SELECT 1"])
    await migrate(blank_database_url)
    found = await database.ask(["SELECT id, status, removed_at FROM cards ORDER BY id"])
    assert [(row["id"], row["status"], row["removed_at"] is not None) for row in found] == [
        (2, "active", True),
        (3, "active", False),
    ]
