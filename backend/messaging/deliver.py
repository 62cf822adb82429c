"""One message through one channel: queued → sending → delivered, failed, stopped or in doubt.

Every step is a row before it is an act. A delivery found in `sending` was interrupted
between request and answer: nobody knows whether the customer has it. Promo is then in doubt
and is not repeated; a service or transaction message is repeated once, because a customer
who sees it twice is better off than one who never does, and is in doubt after that.
"""

from backend.messaging.channel import OutcomeUnknown, Unreachable
from backend.messaging.post import Draft, Post
from backend.platform.context import Context
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.metrics import DELIVERIES
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message, MessagePurpose

# In `reason` of a delivery that is queued again after an unknown outcome.
REPEATED = "repeated after an unknown outcome"
REASON_LENGTH = 200


async def deliver(ctx: Context, post: Post, draft: Draft, channel: str) -> DeliveryState:
    """Deliver once and return the state reached. Raises TryLater and NeedsSettings while the
    delivery stays queued; call again with the same draft."""
    if channel not in post.channels:
        raise NeedsSettings(f"the channel {channel} is not set up")
    message = await _message(ctx, draft)
    delivery = await _delivery(ctx, message, channel)
    if delivery.state is DeliveryState.SENDING:
        await _interrupted(ctx, delivery, message)
    if delivery.state is not DeliveryState.QUEUED:
        return delivery.state
    customer = await Customer.get(id=message.customer_id)
    refused = await _refused(post, customer, message, channel)
    if refused is not None:
        return await _settle(ctx, delivery, *refused)
    return await _hand_over(ctx, post, customer, message, delivery)


async def _message(ctx: Context, draft: Draft) -> Message:
    row = Message(
        once=draft.once,
        customer_id=draft.customer_id,
        brand_id=draft.brand_id,
        card_id=draft.card_id,
        purpose=draft.purpose,
        kind=draft.kind,
        data=draft.data,
        created_at=ctx.clock(),
    )
    await Message.bulk_create([row], ignore_conflicts=True)
    return await Message.get(once=draft.once)


async def _delivery(ctx: Context, message: Message, channel: str) -> Delivery:
    now = ctx.clock()
    row = Delivery(message_id=message.id, channel=channel, created_at=now, changed_at=now)
    await Delivery.bulk_create([row], ignore_conflicts=True)
    return await Delivery.get(message_id=message.id, channel=channel)


async def _refused(
    post: Post, customer: Customer, message: Message, channel: str
) -> tuple[DeliveryState, str] | None:
    if customer.deleted_at is not None:
        return DeliveryState.STOPPED, "the customer deleted his data"
    if customer.blocked_at is not None:
        return DeliveryState.FAILED, "the customer blocked the bot"
    if not await post.gate(customer.id, message.brand_id, channel, message.purpose):
        return DeliveryState.STOPPED, "no consent"
    return None


async def _hand_over(
    ctx: Context, post: Post, customer: Customer, message: Message, delivery: Delivery
) -> DeliveryState:
    channel = post.channels[delivery.channel]
    await channel.turn(customer, message)
    if not await _begin(ctx, delivery):
        # Another process took it in between; it also writes how it ends.
        raise TryLater("taken by another attempt")
    try:
        provider_id = await channel.send(customer, message)
    except Unreachable as wrong:
        if wrong.gone:
            await Customer.filter(id=customer.id, blocked_at=None).update(blocked_at=ctx.clock())
        return await _settle(ctx, delivery, DeliveryState.FAILED, wrong.reason)
    except OutcomeUnknown as unknown:
        await _interrupted(ctx, delivery, message)
        if delivery.state is DeliveryState.QUEUED:
            raise TryLater(f"no answer: {unknown}") from unknown
        return delivery.state
    except GiveUp as end:
        return await _settle(ctx, delivery, DeliveryState.FAILED, end.reason)
    except Failure:
        # TryLater, NeedsSettings: nothing was delivered, the next attempt starts afresh.
        await _settle(ctx, delivery, DeliveryState.QUEUED, delivery.reason)
        raise
    return await _settle(ctx, delivery, DeliveryState.DELIVERED, provider_id=provider_id)


async def _begin(ctx: Context, delivery: Delivery) -> bool:
    found = await Delivery.filter(
        id=delivery.id, state=DeliveryState.QUEUED, attempts=delivery.attempts
    ).update(state=DeliveryState.SENDING, attempts=delivery.attempts + 1, changed_at=ctx.clock())
    delivery.attempts += 1
    delivery.state = DeliveryState.SENDING
    return found == 1


async def _interrupted(ctx: Context, delivery: Delivery, message: Message) -> None:
    if message.purpose is MessagePurpose.PROMO or delivery.reason == REPEATED:
        await _settle(ctx, delivery, DeliveryState.IN_DOUBT, "no answer to the request")
    else:
        await _settle(ctx, delivery, DeliveryState.QUEUED, REPEATED)


async def _settle(
    ctx: Context,
    delivery: Delivery,
    state: DeliveryState,
    reason: str = "",
    *,
    provider_id: str = "",
) -> DeliveryState:
    await Delivery.filter(id=delivery.id, state=delivery.state, attempts=delivery.attempts).update(
        state=state,
        reason=reason[:REASON_LENGTH],
        provider_id=provider_id,
        changed_at=ctx.clock(),
    )
    delivery.state, delivery.reason = state, reason
    if state is not DeliveryState.QUEUED:
        DELIVERIES.labels(delivery.channel, state.value).inc()
    return state
