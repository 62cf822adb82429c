"""An own card gets another barcode, number or name: what the rows hold afterwards."""

import pytest

from backend.cards.plastic.seen_card import SeenCard, keep_finding
from backend.cards.pocket.change_external import (
    Draft,
    as_it_is,
    carried,
    change_own,
    draft_of,
    drawn_as,
    keep_draft,
    open_own,
    renumbered,
)
from backend.cards.pocket.wallet import open_wallet_card
from backend.platform.context import Context
from catalog.symbologies.symbol_rules import SymbolRefused
from models.barcode_format import BarcodeFormat
from models.card import Card
from models.card_finding import CardFinding
from models.refusal import Code, Refusal
from tests.cards.conftest import CarryCard
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone

DRAFT = Draft("Пекарня", "4006381333931", "4006381333931", BarcodeFormat.CODE128)


@pytest.mark.parametrize(
    ("barcode", "value", "text"),
    [
        (BarcodeFormat.EAN13, "4006 3813 3393 1", "4006381333931"),
        (BarcodeFormat.EAN13, "036000291452", "0036000291452"),
        (BarcodeFormat.UPCA, "0036000291452", "036000291452"),
        (BarcodeFormat.ITF, "20-48-12", "204812"),
        (BarcodeFormat.CODE39, "lc-2048", "LC-2048"),
        (BarcodeFormat.CODE128, "LC 20", "LC 20"),
        (BarcodeFormat.QR, "Карта № 7", "Карта № 7"),
    ],
)
def test_a_printed_number_as_its_barcode_takes_it(
    barcode: BarcodeFormat, value: str, text: str
) -> None:
    assert carried(barcode, value) == text


def test_another_number_is_never_made_of_it() -> None:
    """No check digit is put right, no digit is put in front of what is too short."""
    for barcode, value in (
        (BarcodeFormat.EAN13, "4006381333932"),
        (BarcodeFormat.EAN8, "9638507"),
        (BarcodeFormat.ITF, "12345"),
        (BarcodeFormat.CODE128, "Карта"),
    ):
        with pytest.raises(SymbolRefused):
            carried(barcode, value)


def test_a_barcode_that_carries_something_else_stays_when_the_number_changes() -> None:
    assert renumbered(DRAFT, "17").value == "17"
    apart = Draft("Пекарня", "0017", "https://x.example/17", BarcodeFormat.QR)
    assert renumbered(apart, "0018").value == "https://x.example/17"


def test_a_card_whose_symbology_is_not_drawn_keeps_its_name_until_another_is_picked() -> None:
    foreign = Draft("Пекарня", "17-A", "17-A", None, "CODE_93")
    assert drawn_as(foreign, "same") == foreign
    assert drawn_as(foreign, "none").undrawn == "none"
    assert drawn_as(foreign, "code128").undrawn == ""


async def test_a_draft_is_sealed_and_its_owner_s_alone(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna, boris = await someone(ctx, 1), await someone(ctx, 2)
    card = await carry(anna, "Пекарня", "5550017")
    shown = await open_own(ctx, anna, card.id)
    key = await keep_draft(ctx, anna, renumbered(as_it_is(shown), "5550018"))
    sealed = (await CardFinding.get(id=key)).sealed
    assert b"5550018" not in sealed
    assert (await draft_of(ctx, anna, shown, key)).number == "5550018"
    with pytest.raises(Refusal) as refused:
        await draft_of(ctx, boris, shown, key)
    assert refused.value.code is Code.FINDING_GONE
    with pytest.raises(Refusal) as refused:
        await change_own(ctx, boris, card.id, as_it_is(shown))
    assert refused.value.code is Code.CARD_NOT_FOUND


async def test_a_button_with_a_foreign_draft_empties_nothing(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    """A number that is being added has no name and no barcode yet."""
    anna = await someone(ctx, 1)
    card = await carry(anna, "Пекарня", "5550017")
    shown = await open_own(ctx, anna, card.id)
    key = await keep_finding(ctx, anna, SeenCard("5550099"))
    draft = await draft_of(ctx, anna, shown, key)
    assert (draft.name, draft.number, draft.value) == ("Пекарня", "5550099", "5550099")


async def test_twice_is_once_and_what_goes_along_stays(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Пекарня", "4006381333931")
    changed = drawn_as(as_it_is(await open_own(ctx, anna, card.id)), "ean13")
    for _ in range(2):
        await change_own(ctx, anna, card.id, changed)
    kept = await open_wallet_card(ctx, anna, card.id)
    assert kept.card.barcode_format is BarcodeFormat.EAN13
    assert kept.name("ru") == "Пекарня"
    assert await Card.filter(customer_id=anna.id).count() == 1


async def test_it_does_not_become_another_card_of_the_same_pocket(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    await carry(anna, "Пекарня", "5550017")
    other = await carry(anna, "Пекарня", "5550018")
    draft = renumbered(as_it_is(await open_own(ctx, anna, other.id)), "5550017")
    with pytest.raises(Refusal) as refused:
        await change_own(ctx, anna, other.id, draft)
    assert refused.value.code is Code.CARD_EXISTS
    await other.refresh_from_db()
    assert other.printed_number == "5550018"


async def test_a_card_of_a_program_is_not_ours_to_change(ctx: Context, database: str) -> None:
    event = await issued_card(ctx, 5)
    card = await Card.get(id=event.card_id).prefetch_related("customer")
    with pytest.raises(Refusal) as refused:
        await change_own(ctx, card.customer, card.id, DRAFT)
    assert refused.value.code is Code.CARD_NOT_FOUND
