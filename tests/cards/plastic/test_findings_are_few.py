"""What was shown and never added is kept sealed for a week, and only so much of it."""

import pytest

from backend.cards.plastic.seen_card import MOST_KEPT, SeenCard, keep_finding, open_finding
from backend.platform.context import Context
from models.card_finding import CardFinding
from models.refusal import Code, Refusal
from tests.support.factory.customers import someone


@pytest.mark.usefixtures("database")
async def test_the_oldest_make_room(ctx: Context) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    his = await keep_finding(ctx, boris, SeenCard("7"))
    keys = [await keep_finding(ctx, anna, SeenCard(str(number))) for number in range(MOST_KEPT + 5)]
    assert await CardFinding.filter(customer_id=anna.id).count() == MOST_KEPT
    assert (await open_finding(ctx, anna, keys[-1])).number == str(MOST_KEPT + 4)
    with pytest.raises(Refusal) as refused:
        await open_finding(ctx, anna, keys[0])
    assert refused.value.code is Code.FINDING_GONE
    assert (await open_finding(ctx, boris, his)).number == "7"
