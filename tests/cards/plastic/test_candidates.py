"""Which brands of the programs that a number fits are named, and in which order."""

from datetime import timedelta

from backend.cards.plastic.candidates import MOST
from backend.cards.plastic.recognise import brands_for
from backend.cards.plastic.seen_card import SeenCard
from backend.platform.context import Context
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.offer import OfferStatus
from models.program import Program
from tests.support.factory.brands import another_offer, make_account, make_brand, make_program

SEEN = SeenCard("BV12874376", "BV12874376", "code128")


async def program(key: str, prefix: str = "B") -> Program:
    rule = Rule(BarcodeFormat.CODE128, prefix=prefix).to_json()
    return await make_program(await make_account(key), key, recognition=[rule])


async def named(ctx: Context) -> list[tuple[str, int]]:
    return [(one.brand.key, one.offer_id) for one in await brands_for(ctx, SEEN)]


async def test_a_brand_is_named_with_its_first_offer_that_holds(
    ctx: Context, database: str
) -> None:
    now = ctx.clock()
    brand = await make_brand(await program("club"), "club")
    await another_offer(brand, "draft", status=OfferStatus.DRAFT)
    await another_offer(brand, "paused", status=OfferStatus.PAUSED)
    await another_offer(brand, "over", ends_at=now)
    await another_offer(brand, "to-come", starts_at=now + timedelta(seconds=1))
    assert await named(ctx) == []
    first = await another_offer(brand, "first", starts_at=now, ends_at=now + timedelta(seconds=1))
    await another_offer(brand, "second")
    assert await named(ctx) == [("club", first.id)]


async def test_what_has_no_offer_now_takes_nobodys_place(ctx: Context, database: str) -> None:
    """However well their rule fits; then the brands whose offers came first."""
    narrow, wide = await program("narrow", "BV12"), await program("wide")
    late = await make_brand(wide, "late")
    for number in range(MOST):
        over = await make_brand(narrow, f"over-{number}")
        await another_offer(over, over.key, ends_at=ctx.clock())
        await another_offer(await make_brand(wide, f"wide-{number}"), f"wide-{number}")
    await another_offer(late, "late")
    best = await another_offer(await make_brand(narrow, "best"), "best")
    found = await named(ctx)
    assert found[0] == ("best", best.id)
    assert [key for key, _ in found[1:]] == [f"wide-{number}" for number in range(MOST - 1)]
