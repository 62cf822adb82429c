"""A brand joins whose system alone can tell its plastic, and it does not answer."""

from dataclasses import replace

import pytest

from backend.cards.pocket.partner_match import joined_at_once, partner_of
from backend.cards.pocket.wallet import open_wallet_card
from backend.platform.context import Context
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.refusal import Code, Refusal
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook
from tests.support.edge.strict_partner import StrictPartner
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.outbox import clock_round


@pytest.fixture
def partner() -> StrictPartner:
    return StrictPartner({"A-77"}, silent=True)


@pytest.fixture
def ctx(ctx: Context, partner: StrictPartner) -> Context:
    return replace(ctx, processors=partner)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


async def test_the_card_is_shown_all_the_same_and_told_of_later(
    ctx: Context,
    clock: StoppedClock,
    notebook: Notebook,
    partner: StrictPartner,
    database: str,
    carry: CarryCard,
) -> None:
    anna = await someone(ctx, 1)
    card = await carry(anna, "Бренд zernopar", "A-77")
    await clock_round(ctx, notebook)
    rule = Rule(BarcodeFormat.CODE128, mask="########").to_json()
    program = await make_program(
        await make_account(), "club", processor="partner", recognition=[rule]
    )
    await make_offer(program, "zernopar")
    ctx.brands.forget()
    shown = await open_wallet_card(ctx, anna, card.id)
    assert await joined_at_once(ctx, anna, shown) is None
    with pytest.raises(Refusal) as refused:
        await partner_of(ctx, anna, shown)
    assert refused.value.code is Code.TRY_LATER
    await clock_round(ctx, notebook)
    assert notebook.sent == []

    partner.silent = False
    clock.advance(hours=1)
    assert await joined_at_once(ctx, anna, shown) is not None
    await clock_round(ctx, notebook)
    await clock_round(ctx, notebook)
    assert [message.card_id for message in notebook.sent] == [card.id]
