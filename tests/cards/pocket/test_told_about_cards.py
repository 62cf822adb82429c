"""By the clock: a card ends soon, a brand has joined."""

from datetime import date

import pytest

from backend.cards.pocket.archive_external import archive_external
from backend.cards.pocket.expiry import noon_of
from backend.cards.pocket.organise import expire_card
from backend.cards.pocket.partner_match import partner_of
from backend.cards.pocket.wallet import open_wallet_card, wallet_in_order
from backend.events.cards import CardIssued
from backend.platform.context import Context
from catalog.days import USUAL_ZONE
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.message import Delivery, Message
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.outbox import clock_round, happened


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


async def test_reminded_fourteen_and_three_days_before_in_the_daytime(
    ctx: Context,
    clock: StoppedClock,
    notebook: Notebook,
    database: str,
    carry: CarryCard,
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Фитнес", "5550001")
    last = date(2026, 12, 21)
    await expire_card(ctx, anna, card.id, noon_of(last, USUAL_ZONE))
    told: list[tuple[date, int]] = []
    for _ in range(32 * 8):
        before = len(notebook.sent)
        await clock_round(ctx, notebook)
        here = ctx.clock().astimezone(USUAL_ZONE)
        told += [(here.date(), int(m.data["days"])) for m in notebook.sent[before:]]
        assert not notebook.sent[before:] or 10 <= here.hour < 20
        clock.advance(hours=3)
    assert told == [(date(2026, 12, 7), 14), (date(2026, 12, 18), 3)]
    assert "Фитнес" not in str(await Message.all().values()), "only the owner knows the name"


async def test_at_each_stage_once_also_when_the_message_is_forgotten(
    ctx: Context,
    clock: StoppedClock,
    notebook: Notebook,
    database: str,
    carry: CarryCard,
) -> None:
    """The row of the card says that its owner was told: old messages may be cleared away."""
    anna = await someone(ctx, 1)
    card = await carry(anna, "Фитнес", "5550001")
    last = date(2026, 12, 6)
    await expire_card(ctx, anna, card.id, noon_of(last, USUAL_ZONE))
    morning = clock.advance(days=1)
    for _ in range(3):
        await clock_round(ctx, notebook)
        await Delivery.all().delete()
        await Message.all().delete()
        clock.advance(hours=1)
    assert [m.data["days"] for m in notebook.sent] == [14]
    assert (await WalletEntry.get(card_id=card.id)).reminded_at == morning


async def test_a_brand_that_joins_later_is_told_once(
    ctx: Context, notebook: Notebook, database: str, carry: CarryCard
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Бренд zernopar", "12345678")
    odd = await carry(anna, "бренд Зернопар", "A-77")
    await clock_round(ctx, notebook)
    assert notebook.sent == []
    program = await make_program(
        await make_account(),
        "club",
        barcode_format=BarcodeFormat.CODABAR,
        recognition=[Rule(BarcodeFormat.CODABAR, mask="########").to_json()],
    )
    await make_offer(program, "zernopar")
    ctx.brands.forget()
    for _ in range(3):
        await clock_round(ctx, notebook)
    assert [m.card_id for m in notebook.sent] == [card.id], f"{odd.printed_number} does not fit"
    joined = await partner_of(ctx, anna, await open_wallet_card(ctx, anna, card.id))
    assert joined is not None
    assert joined.brand.program_id == program.id

    real = await Card.create(
        customer_id=anna.id,
        program_id=program.id,
        printed_number="12345678",
        barcode_value="12345678",
        barcode_format=BarcodeFormat.CODABAR,
        origin=CardOrigin.DUPLICATED,
        created_at=ctx.clock(),
    )
    told = CardIssued(real.id, anna.id, program.id, program.account_id, None, "duplicated")
    await archive_external(ctx, [happened(told)])
    await archive_external(ctx, [happened(told)])
    assert {k.id for k in await wallet_in_order(ctx, anna)} == {real.id, odd.id}


async def test_of_several_with_one_number_only_the_brands_own_is_archived(
    ctx: Context, database: str, carry: CarryCard
) -> None:
    """A phone number is the card number of many shops."""
    anna = await someone(ctx, 1)
    bakery = await carry(anna, "Пекарня", "79161234567")
    other = await carry(anna, "Аптека", "79161234567")
    offer = await make_offer(await make_program(await make_account()), "zernopar")
    await offer.fetch_related("brand")
    await carry(anna, "Бренд zernopar", "79161234567")
    real = await Card.create(
        customer_id=anna.id,
        program_id=offer.brand.program_id,
        brand_id=offer.brand_id,
        printed_number="79161234567",
        barcode_value="79161234567",
        barcode_format=BarcodeFormat.CODE128,
        origin=CardOrigin.DUPLICATED,
        created_at=ctx.clock(),
    )
    told = CardIssued(real.id, anna.id, real.program_id or 0, 1, None, "duplicated")
    await archive_external(ctx, [happened(told)])
    assert {k.id for k in await wallet_in_order(ctx, anna)} == {real.id, bakery.id, other.id}
