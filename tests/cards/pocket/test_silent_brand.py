"""A brand joins whose system alone can tell its plastic, and it does not answer."""

from dataclasses import replace

import pytest

from backend.cards.pocket.partner_match import joined_at_once, partner_of
from backend.cards.pocket.wallet import open_wallet_card
from backend.messaging.gated_channels import GatedChannels
from backend.platform.context import Context
from backend.worker.cards import tell_of_cards
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.refusal import Code, Refusal
from tests.cards.conftest import CarryCard, Somebody
from tests.support.notebook import Notebook, post_to
from tests.support.shop import make_account, make_offer, make_program
from tests.support.strict_partner import StrictPartner


@pytest.fixture
def partner() -> StrictPartner:
    return StrictPartner({"A-77"}, silent=True)


@pytest.fixture
def ctx(ctx: Context, partner: StrictPartner) -> Context:
    return replace(ctx, processors={"loyalty": partner})


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def post(notebook: Notebook) -> GatedChannels:
    return post_to(notebook)


async def test_the_card_is_shown_all_the_same_and_told_of_later(
    ctx: Context,
    post: GatedChannels,
    notebook: Notebook,
    partner: StrictPartner,
    somebody: Somebody,
    carry: CarryCard,
) -> None:
    anna = await somebody(1)
    card = await carry(anna, "Бренд zernopar", "A-77")
    await tell_of_cards(ctx, post)
    rule = Rule(BarcodeFormat.CODE128, mask="########").to_json()
    program = await make_program(
        await make_account(), "club", processor="loyalty", recognition=[rule]
    )
    await make_offer(program, "zernopar")
    ctx.brands.forget()
    shown = await open_wallet_card(ctx, anna, card.id)
    assert await joined_at_once(ctx, anna, shown) is None
    with pytest.raises(Refusal) as refused:
        await partner_of(ctx, anna, shown)
    assert refused.value.code is Code.TRY_LATER
    await tell_of_cards(ctx, post)
    assert notebook.sent == []

    partner.silent = False
    assert await joined_at_once(ctx, anna, shown) is not None
    await tell_of_cards(ctx, post)
    await tell_of_cards(ctx, post)
    assert [message.card_id for message in notebook.sent] == [card.id]
