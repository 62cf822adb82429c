"""One message through one channel: queued → sending → delivered, failed, stopped or in doubt.

Every step is written to its row before it is done. A delivery found in `sending` was interrupted
between request and answer: nobody knows whether the customer has it. Promo is then in doubt
and is not repeated; a service or transaction message is repeated once, because a customer
who sees it twice is better off than one who never does, and is in doubt after that.
"""

from collections.abc import Mapping

from backend.messaging.address import address_of
from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Address, Handover
from backend.messaging.leave_link import LeaveLink, leave_path
from backend.messaging.reach import blocked_at, note_gone
from backend.platform.context import Context
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.watch.metrics import DELIVERIES
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message, MessagePurpose

# In `reason` of a delivery that is queued again after an unknown outcome.
REPEATED = "repeated after an unknown outcome"
REASON_LENGTH = 200


async def deliver(ctx: Context, post: GatedChannels, draft: Draft, channel: str) -> DeliveryState:
    """Deliver once and return the state reached. Raises TryLater and NeedsSettings while the
    delivery stays queued; call again with the same draft."""
    if channel not in post.channels:
        raise NeedsSettings(f"the channel {channel} is not set up")
    message = await _message(ctx, draft)
    delivery = await _delivery(ctx, message, channel)
    return await _deliver(ctx, post, message, delivery, draft.to, draft.secrets)


async def deliver_row(
    ctx: Context, post: GatedChannels, message: Message, delivery: Delivery
) -> DeliveryState:
    """The same for rows that are there already: the recipients of a mass send."""
    return await _deliver(ctx, post, message, delivery, None, {})


async def _deliver(
    ctx: Context,
    post: GatedChannels,
    message: Message,
    delivery: Delivery,
    to: Address | None,
    secrets: Mapping[str, str],
) -> DeliveryState:
    if delivery.state is DeliveryState.SENDING:
        await _interrupted(ctx, delivery, message)
    if delivery.state is not DeliveryState.QUEUED:
        return delivery.state
    # Asked before the turn, so that who wants nothing takes nobody's turn away; asked again
    # at the hand-over, which is what counts.
    customer = await Customer.get(id=message.customer_id)
    refused = await _refused(post, customer, message, delivery.channel)
    if refused is not None:
        return await _settle(ctx, delivery, *refused)
    address = to or await address_of(ctx, customer, message, delivery.channel)
    leave = _leave_page(ctx, message)
    handover = Handover(message, customer.language, address, secrets, leave)
    return await _hand_over(ctx, post, handover, delivery)


def _leave_page(ctx: Context, message: Message) -> str:
    if message.purpose is not MessagePurpose.PROMO or message.brand_id is None:
        return ""
    return leave_path(ctx.vault, LeaveLink(message.customer_id, message.brand_id))


async def give_up(ctx: Context, delivery: Delivery, reason: str) -> DeliveryState:
    """Nothing is tried any more for a delivery that is still queued."""
    if delivery.state is not DeliveryState.QUEUED:
        return delivery.state
    return await _settle(ctx, delivery, DeliveryState.FAILED, f"given up: {reason}")


async def has_left(once: str, channel: str) -> bool:
    """Whether this message was handed over already, for drafts whose secrets are made anew
    at every attempt."""
    return await Delivery.filter(
        message__once=once, channel=channel, state=DeliveryState.DELIVERED
    ).exists()


async def _message(ctx: Context, draft: Draft) -> Message:
    row = Message(
        once=draft.once,
        customer_id=draft.customer_id,
        brand_id=draft.brand_id,
        card_id=draft.card_id,
        purpose=draft.purpose,
        kind=draft.kind,
        data=draft.stored(),
        created_at=ctx.clock(),
    )
    await Message.bulk_create([row], ignore_conflicts=True)
    # of all: the current draft
    return await Message.get(once=draft.once)


async def _delivery(ctx: Context, message: Message, channel: str) -> Delivery:
    now = ctx.clock()
    row = Delivery(message_id=message.id, channel=channel, created_at=now, changed_at=now)
    await Delivery.bulk_create([row], ignore_conflicts=True)
    return await Delivery.get(message_id=message.id, channel=channel)


async def _refused(
    post: GatedChannels, customer: Customer, message: Message, channel: str
) -> tuple[DeliveryState, str] | None:
    if customer.deleted_at is not None:
        return DeliveryState.STOPPED, "the customer deleted his data"
    if await blocked_at(customer.id, channel):
        return DeliveryState.FAILED, "the customer blocked the bot"
    if not await post.gate(customer.id, message.brand_id, channel, message.purpose):
        return DeliveryState.STOPPED, "no consent"
    return None


async def _hand_over(
    ctx: Context, post: GatedChannels, handover: Handover, delivery: Delivery
) -> DeliveryState:
    channel, message = post.channels[delivery.channel], handover.message
    await channel.turn(handover)
    if not await _begin(ctx, delivery):
        # Another process took it in between; it also writes how it ends.
        raise TryLater("taken by another attempt")
    # The turn may have taken minutes, in which the person may have said no. After this
    # nothing is waited for: the next thing is the request.
    customer = await Customer.get(id=message.customer_id)
    refused = await _refused(post, customer, message, delivery.channel)
    if refused is not None:
        return await _settle(ctx, delivery, *refused)
    try:
        handed = await channel.send(handover)
    except Unreachable as wrong:
        if wrong.gone:
            await note_gone(customer.id, delivery.channel, ctx.clock())
        return await _settle(ctx, delivery, DeliveryState.FAILED, wrong.reason)
    except OutcomeUnknown as unknown:
        return await _unanswered(ctx, delivery, message, unknown)
    except GiveUp as end:
        return await _settle(ctx, delivery, DeliveryState.FAILED, end.reason)
    except Failure:
        # TryLater, NeedsSettings: nothing was delivered, the next attempt starts afresh.
        await _settle(ctx, delivery, DeliveryState.QUEUED, delivery.reason)
        raise
    return await _settle(ctx, delivery, DeliveryState.DELIVERED, handed=handed)


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


async def _unanswered(
    ctx: Context, delivery: Delivery, message: Message, unknown: OutcomeUnknown
) -> DeliveryState:
    await _interrupted(ctx, delivery, message)
    if delivery.state is DeliveryState.QUEUED:
        raise TryLater(f"no answer: {unknown}") from unknown
    return delivery.state


async def _settle(
    ctx: Context,
    delivery: Delivery,
    state: DeliveryState,
    reason: str = "",
    *,
    handed: Handed = Handed(""),  # noqa: B008  frozen
) -> DeliveryState:
    await Delivery.filter(id=delivery.id, state=delivery.state, attempts=delivery.attempts).update(
        state=state,
        reason=reason[:REASON_LENGTH],
        provider_id=handed.provider_id[:128],
        cost_kopecks=handed.cost_kopecks,
        changed_at=ctx.clock(),
    )
    delivery.state, delivery.reason = state, reason
    if state is not DeliveryState.QUEUED:
        DELIVERIES.labels(delivery.channel, state.value).inc()
    return state
