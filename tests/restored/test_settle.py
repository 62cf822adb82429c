"""What a noticed loss does at once, and what `karman restored` does."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from backend.campaigns.begin_due import begin_due
from backend.cards.issue.application import current_application
from backend.cards.issue.issue_cards import issue_cards
from backend.platform.context import Context
from backend.platform.mark import FileMark
from backend.restored.ids import AHEAD
from backend.restored.notice import notice
from backend.restored.settle import SPARE, SkipUnknown, settle_restored
from backend.restored.unsettled import unsettled
from models.brand import Brand
from models.campaign import Campaign, CampaignState
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from models.offer import Offer
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code
from models.restoration import NoticedBy
from models.trigger import TriggerEvent, TriggerWait, WaitState
from models.verification import Verification, VerificationState
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import applied, issued
from tests.support.factory.customers import someone
from tests.triggers.given import a_trigger

PROGRAM = "romashka-club"


def with_mark(ctx: Context, folder: Path) -> Context:
    return replace(ctx, mark=FileMark(folder, ctx.vault))


async def shop_with(numbers: int) -> Offer:
    return await make_offer(await make_program(await make_account(), numbers=numbers))


async def free() -> int:
    return await PoolNumber.filter(status=NumberStatus.FREE).count()


async def test_the_last_tap_is_refused_and_works_after_settling(
    database: str, ctx: Context
) -> None:
    offer = await shop_with(5)
    anna = await someone(ctx, 1)
    await applied(ctx, anna, [offer])
    current = await current_application(ctx, anna)
    await notice(ctx, NoticedBy.UPDATES, 1)
    refused = (await issue_cards(ctx, anna, current))[0].refusal
    assert refused is not None
    assert refused.code is Code.ISSUING_PAUSED
    assert await free() == 5
    await settle_restored(ctx, 2, {})
    card = (await issued(ctx, anna, [offer]))[0].card
    assert card is not None
    third = (await PoolNumber.all().order_by("id"))[2]
    assert card.printed_number == third.printed_number


async def test_as_many_as_were_lost_are_set_aside_and_some_to_spare(
    database: str, ctx: Context
) -> None:
    await shop_with(100)
    await notice(ctx, NoticedBy.MARK, 3)
    done = await settle_restored(ctx, None, {})
    assert done.set_aside == {PROGRAM: 3 + SPARE}
    aside = await PoolNumber.filter(status=NumberStatus.QUARANTINED).order_by("id")
    assert {row.reason for row in aside} == {f"restored:{done.row.id}"}
    assert [row.id for row in aside] == [row.id for row in (await PoolNumber.all().order_by("id"))][
        : 3 + SPARE
    ]


async def test_the_same_command_again_sets_nothing_more_aside(
    database: str, ctx: Context, clock: StoppedClock
) -> None:
    await shop_with(20)
    await settle_restored(ctx, 4, {})
    assert await free() == 16
    again = await settle_restored(ctx, 4, {})
    assert (again.again, again.set_aside, await free()) == (True, {PROGRAM: 4}, 16)
    assert (await settle_restored(ctx, 6, {})).set_aside == {PROGRAM: 6}
    # Later it is another loss: those that were given since are not among the first.
    clock.advance(hours=2)
    assert (await settle_restored(ctx, 4, {})).set_aside == {PROGRAM: 4}
    assert await free() == 10


async def test_the_brands_own_list_counts_for_its_program(database: str, ctx: Context) -> None:
    await shop_with(10)
    other = await make_program(await make_account("vasilek"), "vasilek-club", numbers=5)
    mine = await PoolNumber.exclude(program_id=other.id).order_by("id")
    named = {mine[4].printed_number, mine[7].barcode_value, "of nobody"}
    done = await settle_restored(ctx, 2, {PROGRAM: named})
    assert done.set_aside == {PROGRAM: 2, "vasilek-club": 2}
    aside = await PoolNumber.filter(status=NumberStatus.QUARANTINED).exclude(program_id=other.id)
    assert {row.id for row in aside} == {mine[4].id, mine[7].id}


async def test_without_a_number_the_operator_is_asked_and_nothing_is_given(
    database: str, ctx: Context
) -> None:
    await shop_with(5)
    with pytest.raises(SkipUnknown):
        await settle_restored(ctx, None, {})
    assert await free() == 5
    assert await unsettled() is not None, "whoever says that it was restored is believed"
    await settle_restored(ctx, 0, {})
    assert (await unsettled(), await free()) == (None, 5)


async def test_no_id_of_the_lost_time_is_given_again(database: str, ctx: Context) -> None:
    """A link in Boris' old letter names customer 2; Vera must never become customer 2."""
    anna = await someone(ctx, 1)
    await notice(ctx, NoticedBy.BACKUP, None)
    vera = await someone(ctx, 2)
    assert vera.id > anna.id + AHEAD
    offer = await shop_with(3)
    await settle_restored(ctx, 0, {})
    card = (await issued(ctx, vera, [offer]))[0].card
    assert card is not None
    assert card.id > AHEAD


async def test_promo_that_may_have_gone_out_is_not_sent_again(database: str, ctx: Context) -> None:
    offer = await shop_with(3)
    anna = await someone(ctx, 1)
    now = ctx.clock()
    campaign = await Campaign.create(
        brand_id=offer.brand_id, advertiser="Р", inn="0", created_at=now
    )
    waiting = {
        purpose: await queued(anna, purpose, campaign, ctx)
        for purpose in (MessagePurpose.PROMO, MessagePurpose.SERVICE)
    }
    brand = await Brand.get(id=offer.brand_id)
    waits = {promo: await a_wait(ctx, brand, anna, promo=promo) for promo in (True, False)}
    others = {
        state: await Campaign.create(
            brand_id=brand.id, advertiser="Р", inn="0", state=state, starts_at=now, created_at=now
        )
        for state in (CampaignState.DRAFT, CampaignState.IN_REVIEW, CampaignState.SCHEDULED)
    }
    await notice(ctx, NoticedBy.BACKUP, None)
    for promo, wait in waits.items():
        left = (await TriggerWait.get(id=wait.id)).state
        assert left is (WaitState.DROPPED if promo else WaitState.WAITING)
    for state, row in others.items():
        kept = await Campaign.get(id=row.id)
        assert kept.state is state, "what nobody has heard of stays"
        assert (kept.paused_at is not None) is (state is CampaignState.SCHEDULED)
    assert await begin_due(ctx) == 0
    states = {purpose: (await Delivery.get(id=row.id)).state for purpose, row in waiting.items()}
    assert states == {
        MessagePurpose.PROMO: DeliveryState.IN_DOUBT,
        MessagePurpose.SERVICE: DeliveryState.QUEUED,
    }
    assert (await Campaign.get(id=campaign.id)).state is CampaignState.DONE


async def a_wait(ctx: Context, brand: Brand, person: Customer, *, promo: bool) -> TriggerWait:
    now = ctx.clock()
    trigger = await a_trigger(ctx, brand, TriggerEvent.BIRTHDAY, key=f"promo-{promo}".lower())
    return await TriggerWait.create(
        trigger=trigger, customer=person, once="1", promo=promo, at=now, created_at=now, due_at=now
    )


async def queued(
    person: Customer, purpose: MessagePurpose, campaign: Campaign, ctx: Context
) -> Delivery:
    now = ctx.clock()
    message = await Message.create(
        once=purpose.value, customer_id=person.id, purpose=purpose, kind="push",
        campaign_id=campaign.id if purpose is MessagePurpose.PROMO else None, created_at=now,
    )  # fmt: skip
    return await Delivery.create(
        message_id=message.id, channel="telegram", created_at=now, changed_at=now
    )


async def test_codes_and_links_of_before_have_ended(database: str, ctx: Context) -> None:
    anna = await someone(ctx, 1)
    row = await Verification.create(
        customer_id=anna.id, kind="email", how="link", sealed=b"", blind_index="x", salt="s",
        created_at=ctx.clock(), expires_at=ctx.clock() + timedelta(days=1),
    )  # fmt: skip
    await settle_restored(ctx, 0, {})
    kept = await Verification.get(id=row.id)
    assert kept.state is VerificationState.OPEN
    assert kept.expires_at <= ctx.clock()
