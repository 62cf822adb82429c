"""A photographed card opens for the person who photographed it, for seven days."""

import pytest

from backend.cards.plastic.seen_card import (
    KEPT,
    SeenCard,
    change_finding,
    forget_finding,
    keep_finding,
    open_finding,
)
from backend.cards.pocket.add_seen import name_seen
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card_finding import CardFinding
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.customers import someone

pytestmark = pytest.mark.usefixtures("database")

SEEN = SeenCard("4600001", "4600001", "code128", file_id="AgAC", name="")


async def test_nobody_opens_changes_or_forgets_what_another_person_photographed(
    ctx: Context,
) -> None:
    """Борис makes up the id of Анна's photo. With one data key (as after a copy of rows) the seal
    would not hold him back: the row's owner does."""
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    boris.data_key = anna.data_key
    number = await keep_finding(ctx, anna, SEEN)
    with pytest.raises(Refusal) as refused:
        await open_finding(ctx, boris, number)
    assert refused.value.code is Code.FINDING_GONE
    with pytest.raises(Refusal):
        await name_seen(ctx, boris, number, "Чужая")
    await change_finding(ctx, boris, number, SeenCard("666"))
    await forget_finding(boris, number)
    assert await open_finding(ctx, anna, number) == SEEN


async def test_it_opens_for_seven_days_and_then_the_photo_is_sent_again(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await someone(ctx, 1)
    number = await keep_finding(ctx, anna, SEEN)
    clock.advance(days=7)
    assert KEPT.days == 7
    assert await open_finding(ctx, anna, number) == SEEN
    clock.advance(seconds=1)
    with pytest.raises(Refusal) as refused:
        await open_finding(ctx, anna, number)
    assert refused.value.code is Code.FINDING_GONE


async def test_the_next_photo_takes_what_is_too_old_away_of_this_person_alone(
    ctx: Context, clock: StoppedClock
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    old = await keep_finding(ctx, anna, SEEN)
    his = await keep_finding(ctx, boris, SEEN)
    clock.advance(days=7)
    standing = await keep_finding(ctx, anna, SEEN)
    clock.advance(seconds=1)
    new = await keep_finding(ctx, anna, SEEN)
    left = [row.id for row in await CardFinding.all().order_by("id")]
    assert left == [his, standing, new]
    assert old not in left


async def test_a_name_typed_for_it_leaves_the_rest_as_it_was(ctx: Context) -> None:
    anna = await someone(ctx, 1)
    seen = SeenCard("4600001", "A4600001B", "codabar", sure=False, file_id="AgAC")
    number = await keep_finding(ctx, anna, seen)
    named = await name_seen(ctx, anna, number, "Аптека")
    assert named == SeenCard("4600001", "A4600001B", "codabar", False, "AgAC", "Аптека")
    assert await open_finding(ctx, anna, number) == named
    await forget_finding(anna, number)
    assert not await CardFinding.exists()


def test_a_number_that_had_to_be_compared_was_misread() -> None:
    """What was read for certain stays the barcode: the card bears another number beside it."""
    sure = SeenCard("1", "1", "code128", file_id="f", name="n")
    assert sure.corrected("2") == SeenCard("2", "1", "code128", True, "f", "n")
    unsure = SeenCard("1", "1", "code128", sure=False, file_id="f")
    assert unsure.corrected("2") == SeenCard("2", "2", "code128", True, "f")
    assert SeenCard("1", sure=False).corrected("2") == SeenCard("2", sure=True)
    assert sure.barcode_format is BarcodeFormat.CODE128
    assert SeenCard("1").barcode_format is None
