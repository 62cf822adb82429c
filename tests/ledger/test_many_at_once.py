"""64 tills at one card, whatever they want: nothing is lost, nothing is spent twice."""

import asyncio

import pytest

from backend.ledger.accrue import accrue
from backend.ledger.capture import capture
from backend.ledger.hold import hold
from backend.ledger.order import LedgerCard
from backend.ledger.post import read_state
from backend.ledger.release import release
from backend.ledger.spend import spend
from backend.ledger.verify import sums
from backend.platform.context import Context
from models.ledger import Posting, PostingKind
from models.refusal import Code, Refusal
from tests.ledger.conftest import GiveCard
from tests.support.database.counting import statements

WRITERS = 64


async def assert_even() -> None:
    assert [each.wrong() async for each in sums()] == [[]]


async def test_64_spend_what_is_enough_for_40(ctx: Context, give_card: GiveCard) -> None:
    """The points lie in many lots."""
    anna = await give_card()
    for n in range(10):
        await accrue(ctx, anna, 400, f"in-{n}", "")

    async def till(n: int) -> bool:
        return (await spend(ctx, anna, 100, f"till-{n}", "")).new

    done = await asyncio.gather(*(till(n) for n in range(WRITERS)), return_exceptions=True)
    assert done.count(True) == 40
    refused = [each.code for each in done if isinstance(each, Refusal)]
    assert refused == [Code.NOT_ENOUGH_POINTS] * 24
    assert (await read_state(anna.id)).available == 0
    await assert_even()


async def test_64_tills_of_every_kind(ctx: Context, give_card: GiveCard) -> None:
    """Each says everything twice, as after a timeout."""
    anna = await give_card()
    await accrue(ctx, anna, WRITERS * 1000, "first", "")

    async def till(n: int) -> None:
        for _ in range(2):
            await accrue(ctx, anna, 7, f"in-{n}", "")
            await spend(ctx, anna, 300, f"out-{n}", "")
            held = await hold(ctx, anna, 500, f"hold-{n}", "")
            if n % 2:
                await capture(ctx, anna, held.id, 200, f"paid-{n}", "")
            else:
                await release(ctx, anna, held.id, f"off-{n}", "")

    await asyncio.gather(*(till(n) for n in range(WRITERS)))
    left = WRITERS * (1000 + 7 - 300) - WRITERS // 2 * 200
    state = await read_state(anna.id)
    assert (state.available, state.held) == (left, 0)
    assert await Posting.filter(kind=PostingKind.SPEND).count() == WRITERS
    assert state.version == await Posting.all().count() == 1 + 4 * WRITERS
    await assert_even()


async def test_first_points_of_a_card_come_from_64_at_once(
    ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    await asyncio.gather(*(accrue(ctx, anna, 10, f"in-{n}", "") for n in range(WRITERS)))
    assert (await read_state(anna.id)).available == WRITERS * 10
    await assert_even()


@pytest.mark.parametrize("engine", [pytest.param("postgres", marks=pytest.mark.slow)])
async def test_a_posting_is_one_statement(ctx: Context, give_card: GiveCard) -> None:
    """Beside it, the card is read: for a spend its lots."""
    anna: LedgerCard = await give_card()
    async with statements() as accrued:
        await accrue(ctx, anna, 1000, "in", "")
    async with statements() as spent:
        await spend(ctx, anna, 600, "out", "")
    for sent in (accrued, spent):
        writes = [text for text in sent if "INSERT" in text or "UPDATE" in text]
        assert len(writes) == 1
        assert len(sent) == 2
