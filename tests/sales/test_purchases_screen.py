"""«Purchases» under a card, as its owner reads it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backend.cards.pocket.view_card import view_new_card
from backend.platform.words import Translator
from backend.sales.history import sales_of
from bot.screens.pocket.purchases import purchases
from bot.words import load_words
from models.customer import Customer
from models.job import JobKind
from models.sale import Sale
from tests.jobs.conftest import House
from tests.sales.test_receipts import FILE, card_of


@pytest.mark.parametrize(
    ("language", "day"), [("ru", "20 ноября 2026"), ("en", "20 November 2026")]
)
async def test_what_was_bought_is_read_under_the_card(
    house: House, language: str, day: str
) -> None:
    card = await card_of(house.ctx, house.program, "4600 0001")
    await house.worked(JobKind.SALES, FILE)
    await Sale.filter(external_id="R-1").update(
        at=datetime(2026, 11, 20, 10, tzinfo=UTC), amount=Decimal("1540.50"), store="<b>Шоколад"
    )
    house.brand.program = house.program
    view = await view_new_card(
        house.ctx, await Customer.get(id=card.customer_id), card, house.brand
    )
    words = Translator(load_words(), language)
    text = purchases(words, view, await sales_of(card.id, 5), 0, 1).text
    assert day in text
    assert "RUB" in text
    assert "&lt;b&gt;Шоколад · № 17" in text, "what a shop writes is text"
    nothing = purchases(words, view, [], 0, 1).text
    assert "1540" not in nothing
