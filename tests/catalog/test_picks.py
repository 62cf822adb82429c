"""The list where several cards are picked: a row is a card."""

import pytest

from backend.platform.context import Context
from catalog.shelves.picks import picks, programs_of_offers
from models.brand import Brand
from models.offer import Offer
from tests.support.factory.brands import another_offer, make_account, make_offer, make_program


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def test_offers_and_brands_of_one_program_are_one_row(ctx: Context) -> None:
    account = await make_account()
    shared = await make_program(account, "shared")
    grain = await make_offer(shared, "grain")
    await make_offer(shared, "bread", position=1)
    again = await another_offer(await Brand.get(id=grain.brand_id), "grain-again")
    alone = await make_offer(await make_program(account, "alone"), "alone", position=50)

    page = await picks(ctx.clock(), None, None, 0, 10)
    assert [[offer.key for offer in pick.offers] for pick in page.picks] == [
        ["bread-offer", "grain-offer", "grain-again-offer"],
        ["alone-offer"],
    ]
    assert await programs_of_offers(ctx.clock(), [grain.id, again.id, alone.id, 999]) == {
        grain.id: shared.id,
        again.id: shared.id,
        alone.id: page.picks[1].program_id,
    }
    await Offer.filter(id=alone.id).update(ends_at=ctx.clock())
    assert await programs_of_offers(ctx.clock(), [alone.id]) == {}, "it has ended meanwhile"
    assert await programs_of_offers(ctx.clock(), []) == {}


async def test_pages_count_cards_and_leave_out_what_is_had(ctx: Context) -> None:
    account = await make_account()
    for key in "abcde":
        await make_offer(await make_program(account, key), key)
    first, last = (
        await picks(ctx.clock(), None, None, 0, 2),
        await picks(ctx.clock(), None, None, 9, 2),
    )
    assert (first.pages, len(first.picks), last.page, len(last.picks)) == (3, 2, 2, 1)
    had = first.picks[0].program_id
    without = await picks(ctx.clock(), None, None, 0, 10, without={had})
    assert had not in {pick.program_id for pick in without.picks}
    assert len(without.picks) == 4
