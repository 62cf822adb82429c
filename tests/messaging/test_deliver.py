"""Анна's welcome reaches her chat once, whatever happens on the way."""

from dataclasses import replace

import pytest

from backend.messaging.deliver import deliver
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.welcome import welcome
from backend.platform.context import Context
from backend.platform.failures import NeedsSettings, TryLater
from models.card import Card
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.chat.telegram import Telegram
from tests.support.edge.gates import nothing_goes
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import blocked_at
from tests.support.outbox import happened


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


def draft(customer_id: int, purpose: MessagePurpose) -> Draft:
    return Draft("hello:1", customer_id, purpose, "welcome-card", {"brand": "A", "number": "1"})


async def test_the_welcome_shows_the_card_and_leads_to_it(
    ctx: Context, post: GatedChannels, telegram: Telegram
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    event = await issued_card(ctx, anna.id)
    await welcome(post, ctx, happened(event))
    assert "Кофе & Точка" in anna.text
    assert anna.buttons == ["Показать карту"]
    assert anna.screen["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == (
        f"card:{event.card_id}"
    )
    sent = await Delivery.get()
    assert (sent.state, sent.provider_id) == (
        DeliveryState.DELIVERED,
        str(anna.screen["message_id"]),
    )


async def test_who_looks_at_the_new_card_is_not_told_of_it(
    ctx: Context, post: GatedChannels, telegram: Telegram
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    event = replace(await issued_card(ctx, anna.id), shown=True)
    await welcome(post, ctx, happened(event))
    assert anna.screen == {}
    assert not await Message.exists()


async def test_a_repeated_reaction_sends_nothing_twice(
    ctx: Context, post: GatedChannels, telegram: Telegram
) -> None:
    carol = telegram.person("Carol")
    await carol.start()
    event = await issued_card(ctx, carol.id, "en")
    await welcome(post, ctx, happened(event))
    await welcome(post, ctx, happened(event))
    assert [m["text"] for m in carol.messages if "Coffee & Dot" in m.get("text", "")] == [
        carol.text
    ]
    assert await Message.all().count() == 1


async def test_a_card_removed_meanwhile_is_not_announced(
    ctx: Context, post: GatedChannels, telegram: Telegram
) -> None:
    event = await issued_card(ctx, telegram.person("Анна").id)
    await Card.all().update(removed_at=ctx.clock())
    await welcome(post, ctx, happened(event))
    assert await Message.all().count() == 0


async def test_who_blocked_the_bot_is_noted_and_not_tried_again(
    ctx: Context, post: GatedChannels, telegram: Telegram
) -> None:
    boris = telegram.person("Борис")
    await boris.start()
    await boris.block()
    event = await issued_card(ctx, boris.id)
    await welcome(post, ctx, happened(event))
    failed = await Delivery.get()
    assert failed.state is DeliveryState.FAILED
    assert "blocked" in failed.reason
    assert await blocked_at(await Customer.get(id=event.customer_id)) == ctx.clock()
    second = replace(draft(event.customer_id, MessagePurpose.SERVICE), once="hello:2")
    assert await deliver(ctx, post, second, "telegram") is DeliveryState.FAILED


async def test_somebody_whom_telegram_does_not_know_is_gone(
    ctx: Context, post: GatedChannels
) -> None:
    event = await issued_card(ctx, 404404)
    await welcome(post, ctx, happened(event))
    assert (await Delivery.get()).state is DeliveryState.FAILED
    assert await blocked_at(await Customer.get()) is not None


@pytest.mark.parametrize(
    ("purpose", "after"),
    [
        (MessagePurpose.PROMO, DeliveryState.IN_DOUBT),
        (MessagePurpose.SERVICE, DeliveryState.DELIVERED),
    ],
)
async def test_killed_between_request_and_answer(
    ctx: Context,
    post: GatedChannels,
    telegram: Telegram,
    purpose: MessagePurpose,
    after: DeliveryState,
) -> None:
    """The process died after `sending` was written: promo is in doubt and not repeated, a
    service message is repeated once."""
    anna = telegram.person("Анна")
    await anna.start()
    event = await issued_card(ctx, anna.id)
    hello = draft(event.customer_id, purpose)
    await deliver(ctx, post, hello, "telegram")
    await Delivery.all().update(state=DeliveryState.SENDING)
    before = len(anna.messages)
    assert await deliver(ctx, post, hello, "telegram") is after
    assert len(anna.messages) - before == (after is DeliveryState.DELIVERED)
    await Delivery.all().update(
        state=DeliveryState.SENDING, reason="repeated after an unknown outcome"
    )
    assert await deliver(ctx, post, hello, "telegram") is DeliveryState.IN_DOUBT


async def test_the_gate_is_asked_at_the_hand_over(
    ctx: Context, post: GatedChannels, telegram: Telegram
) -> None:
    event = await issued_card(ctx, telegram.person("Анна").id)
    closed = replace(post, gate=nothing_goes)
    hello = draft(event.customer_id, MessagePurpose.PROMO)
    assert await deliver(ctx, closed, hello, "telegram") is DeliveryState.STOPPED
    assert await deliver(ctx, post, hello, "telegram") is DeliveryState.STOPPED


async def test_telegram_away_means_later_and_then_it_arrives(
    ctx: Context, post: GatedChannels, telegram: Telegram
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    event = await issued_card(ctx, anna.id)
    port = int(telegram.url.rpartition(":")[2])
    await telegram.sandbox.stop()
    with pytest.raises(TryLater):
        await welcome(post, ctx, happened(event))
    assert (await Delivery.get()).state is DeliveryState.QUEUED
    await telegram.sandbox.start(port=port)
    await welcome(post, ctx, happened(event))
    assert (await Delivery.get()).state is DeliveryState.DELIVERED


async def test_a_channel_that_is_not_set_up_needs_settings(
    ctx: Context, post: GatedChannels
) -> None:
    event = await issued_card(ctx, 1)
    with pytest.raises(NeedsSettings):
        await deliver(ctx, post, draft(event.customer_id, MessagePurpose.SERVICE), "sms")
