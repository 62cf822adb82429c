"""Whom a brand reaches on cards in phones: whoever has one there, and allows it."""

from datetime import timedelta

import pytest

from backend.campaigns.audience import Audience as OfCampaign
from backend.campaigns.plan import Plan
from backend.cascades.whom import reachable
from backend.platform.context import Context
from backend.segments.audience import Audience, count_people
from backend.segments.whose import whose
from backend.triggers.chosen import _have
from backend.wallets.give_pass import give_pass
from backend.wallets.installed import installed
from models.brand import Brand
from models.campaign import Campaign
from models.card import Card, CardStatus
from models.channel import ChannelName
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_state import ConsentState
from models.message_purpose import MessagePurpose
from models.program import Program
from tests.wallets.conftest import APPLE, GOOGLE, ISSUER, GiveCard

WALLET = ChannelName.WALLET


@pytest.fixture
async def people(ctx: Context, give_card: GiveCard) -> list[Card]:
    """Of seven the first two are reached: the others have nothing there, or it is void, gone,
    blocked, not allowed."""
    cards = [await give_card() for _ in range(7)]
    held = [
        await give_pass(ctx, card, (APPLE, GOOGLE)[n % 2], ISSUER) for n, card in enumerate(cards)
    ]
    for n, row in enumerate(held):
        if n != 2:
            await installed(ctx, row)
    held[3].voided_at = held[4].removed_at = ctx.clock()
    for row in held[3:5]:
        await row.save(update_fields=["voided_at", "removed_at"])
    await Card.filter(id=cards[5].id).update(status=CardStatus.BLOCKED)
    brand = await Brand.get(id=cards[0].brand_id)
    program = await Program.get(id=cards[0].program_id)
    document = await ConsentDocument.filter(
        account_id=program.account_id, purpose=ConsentPurpose.ADVERTISING
    ).first()
    assert document is not None
    for n, card in enumerate(cards):
        await ConsentState.create(
            customer_id=card.customer_id, purpose=ConsentPurpose.ADVERTISING, subject_id=brand.id,
            channel=WALLET.value, granted=n != 6, document_id=document.id, at=ctx.clock(),
        )  # fmt: skip
    return cards


async def test_the_count_is_whom_a_campaign_writes_to(ctx: Context, people: list[Card]) -> None:
    brand_id = people[0].brand_id
    assert brand_id is not None
    asks = await whose(brand_id)
    now = ctx.clock() + timedelta(seconds=1)
    for promo, meant, reached in ((True, 7, 2), (False, 7, 3)):
        counted = await count_people(Audience(asks, None, (WALLET,), promo=promo), now)
        assert (counted.meant, counted.recipients) == (meant, reached)
        purpose = MessagePurpose.PROMO if promo else MessagePurpose.SERVICE
        campaign = Campaign(brand_id=brand_id, purpose=purpose)
        plan = Plan(channels=(WALLET.value,))
        assert await OfCampaign(campaign, plan, now).number() == reached
    several = Audience(asks, None, (WALLET, ChannelName.TELEGRAM))
    assert (await count_people(several, now)).recipients == 2


async def test_triggers_and_cascades_find_the_same(ctx: Context, people: list[Card]) -> None:
    brand_id = people[0].brand_id
    assert brand_id is not None
    everybody = [card.customer_id for card in people]
    there = {everybody[0], everybody[1], everybody[6]}
    assert await _have(brand_id, WALLET.value, everybody) == there
    found = [
        {"message_id": n, "customer_id": each, "brand_id": brand_id, "card_id": None,
         "purpose": purpose.value}
        for n, (each, purpose) in enumerate(
            (each, purpose) for purpose in (MessagePurpose.PROMO, MessagePurpose.SERVICE)
            for each in everybody
        )
    ]  # fmt: skip
    ways = await reachable(ctx.clock(), WALLET.value, found)
    assert ways == {0, 1, 7, 8, 13}
