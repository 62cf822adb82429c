"""Анна takes back what she gave: at once, once, and as a record of its own."""

from datetime import timedelta

import pytest

from backend.cards.share.share_card import share_card
from backend.consents.documents import documents_for
from backend.consents.gate import may_send
from backend.consents.standing_answers import advertising_of
from backend.customers.choices.allow_advertising import allow_advertising
from backend.customers.choices.stop_advertising import stop_advertising
from backend.customers.choices.withdraw_personal_data import withdraw_personal_data
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.card_share import ShareMode, ShareWith
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction, ConsentRecord
from models.consent_state import ConsentState
from models.message_purpose import MessagePurpose
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import Agreed, agreed
from tests.support.factory.brands import make_offer, shop
from tests.support.factory.documents import make_document

PROMO = MessagePurpose.PROMO


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def gate(ctx: Context, anna: Agreed, channel: str = "telegram") -> bool:
    return await may_send(ctx.clock(), anna.customer.id, anna.brand.id, channel, PROMO)


async def test_one_channel_of_one_brand(ctx: Context, clock: StoppedClock) -> None:
    anna = await agreed(ctx)
    assert await gate(ctx, anna)
    clock.advance(days=1)
    off = await stop_advertising(
        ctx.through("bot:push_button"), anna.customer.id, brand_id=anna.brand.id, channel="telegram"
    )
    assert [each.channel for each in off] == ["telegram"]
    assert not await gate(ctx, anna)
    assert await gate(ctx, anna, "email"), "the other channel is another answer"
    last = await ConsentRecord.all().order_by("-id").first()
    assert last is not None
    assert (last.action, last.channels, last.how) == (
        ConsentAction.WITHDRAWN,
        ["telegram"],
        "bot:push_button",
    )
    event = await OutboxEvent.get(kind="ConsentWithdrawn")
    assert event.payload["brand_id"] == anna.brand.id
    assert event.payload["channels"] == "telegram"


async def test_channels_that_begin_alike_are_two_withdrawals(ctx: Context) -> None:
    """A channel of a newer version, «etc», beside «email»: each withdrawal is a record."""
    anna = await agreed(ctx, channels=("email",))
    ads = await ConsentDocument.get(purpose=ConsentPurpose.ADVERTISING, language="ru")
    await ConsentState.create(
        customer_id=anna.customer.id,
        purpose=ConsentPurpose.ADVERTISING,
        subject_id=anna.brand.id,
        channel="etc",
        granted=True,
        document_id=ads.id,
        at=ctx.clock(),
    )
    for channel in ("email", "etc"):
        await stop_advertising(ctx, anna.customer.id, brand_id=anna.brand.id, channel=channel)
    withdrawn = await ConsentRecord.filter(action=ConsentAction.WITHDRAWN).order_by("id")
    assert [record.channels for record in withdrawn] == [["email"], ["etc"]]
    assert [record.answer_key.split(":")[4] for record in withdrawn] == ["email", "etc"]


async def test_a_second_tap_finds_nothing(ctx: Context) -> None:
    anna = await agreed(ctx)
    for _ in range(3):
        await stop_advertising(ctx, anna.customer.id, brand_id=anna.brand.id)
    assert await ConsentRecord.filter(action=ConsentAction.WITHDRAWN).count() == 1
    assert await OutboxEvent.filter(kind="ConsentWithdrawn").count() == 1


async def test_all_advertising_of_two_controllers(ctx: Context) -> None:
    anna = await agreed(ctx)
    more = await agreed(ctx, await shop("vasilek"), customer=anna.customer, channels=("sms",))
    await stop_advertising(ctx, anna.customer.id)
    assert not await gate(ctx, anna)
    assert not await gate(ctx, more, "sms")
    withdrawn = await ConsentRecord.filter(action=ConsentAction.WITHDRAWN).order_by("id")
    assert {record.account_id for record in withdrawn} == {anna.account.id, more.account.id}


async def test_a_clock_that_lags_behind_withdraws_all_the_same(
    ctx: Context, clock: StoppedClock
) -> None:
    """The tap is handled by a process whose clock is five minutes slow."""
    anna = await agreed(ctx)
    clock.advance(minutes=-5)
    await stop_advertising(ctx, anna.customer.id)
    assert not await gate(ctx, anna)


async def test_on_again_and_off_again(ctx: Context, clock: StoppedClock) -> None:
    anna = await agreed(ctx, channels=())
    assert not await gate(ctx, anna)
    language = anna.customer.language
    ads = await ConsentDocument.get(purpose=ConsentPurpose.ADVERTISING, language=language)
    for _ in range(2):
        clock.advance(hours=1)
        for _tap in range(2):
            await allow_advertising(ctx, anna.customer, anna.brand.id, ads.id, "sms")
        assert await advertising_of(anna.customer.id, anna.brand.id) == {"sms"}
        clock.advance(hours=1)
        await stop_advertising(ctx, anna.customer.id, brand_id=anna.brand.id)
        assert await advertising_of(anna.customer.id, anna.brand.id) == set()
    said = await ConsentRecord.filter(document_id=ads.id).order_by("id").values_list("action")
    names = [str(action.value) for (action,) in said]
    assert names == ["declined", "granted", "withdrawn", "granted", "withdrawn"]


async def test_a_switch_of_an_old_text_turns_nothing_on(ctx: Context) -> None:
    anna = await agreed(ctx, channels=())
    old = await ConsentDocument.get(purpose=ConsentPurpose.ADVERTISING, language="ru")
    await make_document(anna.account, ConsentPurpose.ADVERTISING, version=2, change="wording")
    with pytest.raises(Refusal) as refused:
        await allow_advertising(ctx, anna.customer, anna.brand.id, old.id, "sms")
    assert refused.value.code is Code.DOCUMENT_CHANGED


async def test_nobody_switches_on_a_brand_of_another_controller(ctx: Context) -> None:
    anna = await agreed(ctx)
    _, _, strange = await shop("vasilek")
    ads = (await documents_for(anna.account, [], "ru", ctx.clock())).advertising
    with pytest.raises(Refusal):
        await allow_advertising(ctx, anna.customer, strange.id, ads.id, "sms")


async def test_another_purpose_in_force_silences_the_old_yes(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    await make_document(anna.account, ConsentPurpose.ADVERTISING, version=2, change="wording")
    assert await gate(ctx, anna), "only the wording changed"
    await make_document(anna.account, ConsentPurpose.ADVERTISING, version=3, change="purpose")
    assert not await gate(ctx, anna), "what is sent now is something else"


async def test_a_version_of_next_month_changes_nothing_today(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    soon = ctx.clock() + timedelta(days=30)
    await make_document(anna.account, ConsentPurpose.ADVERTISING, version=2, effective_from=soon)
    assert await gate(ctx, anna)
    clock.advance(days=31)
    assert not await gate(ctx, anna)


async def test_personal_data_taken_back(ctx: Context, clock: StoppedClock) -> None:
    """Two brands of one controller: both cards go, everything that rested on it ends."""
    anna = await agreed(ctx)
    await make_offer(anna.program, "vtoroy")
    card = await Card.create(
        customer=anna.customer,
        program=anna.program,
        brand=anna.brand,
        printed_number="1",
        barcode_value="1",
        barcode_format=BarcodeFormat.CODE128,
        origin=CardOrigin.ISSUED,
        created_at=ctx.clock(),
    )
    share, _ = await share_card(ctx, anna.customer, card.id, ShareWith.PERSON, ShareMode.VIEW)
    clock.advance(days=1)
    gone = await withdraw_personal_data(ctx, anna.customer, anna.account.id)
    assert [each.id for each in gone] == [card.id]
    await share.refresh_from_db()
    assert share.revoked_at is not None, "nobody else shows it either"
    assert (await Card.get(id=card.id)).removed_at is not None
    assert not await gate(ctx, anna)
    withdrawn = await ConsentRecord.filter(action=ConsentAction.WITHDRAWN).select_related(
        "document"
    )
    assert {record.document.purpose for record in withdrawn} == set(ConsentPurpose)
    kinds = [event.kind for event in await OutboxEvent.all().order_by("id")]
    removed = ["CardShareRevoked", "CardRemoved"]
    assert kinds == [*removed, "ConsentWithdrawn", "ConsentWithdrawn"]
    with pytest.raises(Refusal):
        await withdraw_personal_data(ctx, anna.customer, anna.account.id)
