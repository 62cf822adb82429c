"""One message through one channel: queued → sending → delivered, failed, stopped or in doubt.

Every step is written to its row before it is done. A delivery found in `sending` was interrupted
between request and answer: nobody knows whether the customer has it. Promo is then in doubt
and is not repeated; a service or transaction message is repeated once, because a customer
who sees it twice is better off than one who never does, and is in doubt after that.
"""

from collections.abc import Callable, Mapping

from backend.messaging import written
from backend.messaging.address import address_of
from backend.messaging.channel import Handed, OutcomeUnknown, Unreachable
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Address, Handover
from backend.messaging.leave_link import LeaveLink, leave_path
from backend.messaging.reach import door_of, note_gone
from backend.messaging.said import Said
from backend.messaging.whom import Asked, Whom, whom
from backend.messaging.written import Drafted, Ended, Held
from backend.platform.context import Context
from backend.platform.failures import Failure, GiveUp, NeedsSettings, TryLater
from backend.platform.watch.metrics import DELIVERIES
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose

# In `reason` of a delivery that is queued again after an unknown outcome.
REPEATED = "repeated after an unknown outcome"
REASON_LENGTH = 200

# What is said, by language.
Words = Callable[[str], Said]


async def deliver(ctx: Context, post: GatedChannels, draft: Draft, channel: str) -> DeliveryState:
    """Deliver once and return the state reached. Raises TryLater and NeedsSettings while the
    delivery stays queued; call again with the same draft."""
    if channel not in post.channels:
        raise NeedsSettings(f"the channel {channel} is not set up")
    drafted = Drafted(draft, channel, ctx.clock())
    message, delivery = await post.statements.ask(written.make, drafted)
    return await _deliver(ctx, post, message, delivery, draft.to, draft.secrets)


async def deliver_row(
    ctx: Context,
    post: GatedChannels,
    message: Message,
    delivery: Delivery,
    words: Words | None = None,
) -> DeliveryState:
    """The same for rows that are there already. `words`: what is said in the person's language,
    where that is not the wording of the message's kind."""
    return await _deliver(ctx, post, message, delivery, None, {}, words)


async def _deliver(
    ctx: Context,
    post: GatedChannels,
    message: Message,
    delivery: Delivery,
    to: Address | None,
    secrets: Mapping[str, str],
    words: Words | None = None,
) -> DeliveryState:
    if delivery.state is DeliveryState.SENDING:
        await _interrupted(ctx, post, delivery, message)
    if delivery.state is not DeliveryState.QUEUED:
        return delivery.state
    # Asked before the turn, so that who wants nothing takes nobody's turn away; asked again
    # at the hand-over, which is what counts.
    person = await _whom(post, message, delivery.channel)
    refused = await _in_the_way(post, message, delivery.channel, person)
    if refused is not None:
        return await _settle(ctx, post, delivery, *refused)
    address = to or await address_of(ctx, person, message, delivery.channel)
    leave = _leave_page(ctx, message)
    said = words(person.language) if words else None
    handover = Handover(message, person.language, address, secrets, leave, said)
    return await _hand_over(ctx, post, handover, message, delivery)


def _leave_page(ctx: Context, message: Message) -> str:
    if message.purpose is not MessagePurpose.PROMO or message.brand_id is None:
        return ""
    return leave_path(ctx.vault, LeaveLink(message.customer_id, message.brand_id))


async def give_up(
    ctx: Context, post: GatedChannels, delivery: Delivery, reason: str
) -> DeliveryState:
    """Nothing is tried any more for a delivery that is still queued."""
    if delivery.state is not DeliveryState.QUEUED:
        return delivery.state
    return await _settle(ctx, post, delivery, DeliveryState.FAILED, f"given up: {reason}")


async def has_left(once: str, channel: str) -> bool:
    """Whether this message was handed over already, for drafts whose secrets are made anew
    at every attempt."""
    return await Delivery.filter(
        message__once=once, channel=channel, state=DeliveryState.DELIVERED
    ).exists()


async def _whom(post: GatedChannels, message: Message, channel: str) -> Whom:
    return await post.statements.ask(whom, Asked(message.customer_id, door_of(channel)))


async def _in_the_way(
    post: GatedChannels, message: Message, channel: str, person: Whom
) -> tuple[DeliveryState, str] | None:
    if person.deleted:
        return DeliveryState.STOPPED, "the customer deleted their data"
    if person.blocked:
        return DeliveryState.FAILED, "the customer blocked the bot"
    if not await post.gate(message.customer_id, message.brand_id, channel, message.purpose):
        return DeliveryState.STOPPED, "no consent"
    return None


async def _refused(
    post: GatedChannels, message: Message, channel: str
) -> tuple[DeliveryState, str] | None:
    return await _in_the_way(post, message, channel, await _whom(post, message, channel))


async def _hand_over(
    ctx: Context, post: GatedChannels, handover: Handover, message: Message, delivery: Delivery
) -> DeliveryState:
    channel = post.channels[delivery.channel]
    turn = await channel.turn(handover)
    if not await _begin(ctx, post, delivery):
        # Another process took it in between; it also writes how it ends.
        raise TryLater("taken by another attempt")
    try:
        await turn.comes()
        # The wait may have taken minutes, in which the person may have said no. After this
        # nothing is waited for: the next thing is the request.
        refused = await _refused(post, message, delivery.channel)
        if refused is not None:
            return await _settle(ctx, post, delivery, *refused)
        handed = await channel.send(handover)
    except Unreachable as wrong:
        if wrong.gone:
            await note_gone(message.customer_id, delivery.channel, ctx.clock())
        return await _settle(ctx, post, delivery, DeliveryState.FAILED, wrong.reason)
    except OutcomeUnknown as unknown:
        return await _unanswered(ctx, post, delivery, message, unknown)
    except GiveUp as end:
        return await _settle(ctx, post, delivery, DeliveryState.FAILED, end.reason)
    except Failure:
        # TryLater, NeedsSettings: nothing was delivered, the next attempt starts afresh.
        await _settle(ctx, post, delivery, DeliveryState.QUEUED, delivery.reason)
        raise
    return await _settle(ctx, post, delivery, DeliveryState.DELIVERED, handed=handed)


async def _begin(ctx: Context, post: GatedChannels, delivery: Delivery) -> bool:
    ours = await post.statements.ask(written.begin, (_held(delivery), ctx.clock()))
    delivery.attempts += 1
    delivery.state = DeliveryState.SENDING
    return ours


def _held(delivery: Delivery) -> Held:
    return Held(delivery.id, delivery.state, delivery.attempts)


async def _interrupted(
    ctx: Context, post: GatedChannels, delivery: Delivery, message: Message
) -> None:
    if message.purpose is MessagePurpose.PROMO or delivery.reason == REPEATED:
        await _settle(ctx, post, delivery, DeliveryState.IN_DOUBT, "no answer to the request")
    else:
        await _settle(ctx, post, delivery, DeliveryState.QUEUED, REPEATED)


async def _unanswered(
    ctx: Context, post: GatedChannels, delivery: Delivery, message: Message, unknown: OutcomeUnknown
) -> DeliveryState:
    await _interrupted(ctx, post, delivery, message)
    if delivery.state is DeliveryState.QUEUED:
        raise TryLater(f"no answer: {unknown}") from unknown
    return delivery.state


async def _settle(
    ctx: Context,
    post: GatedChannels,
    delivery: Delivery,
    state: DeliveryState,
    reason: str = "",
    *,
    handed: Handed = Handed(""),  # noqa: B008  frozen
) -> DeliveryState:
    ended = Ended(
        _held(delivery), state, reason[:REASON_LENGTH], handed.provider_id[:128],
        handed.cost_kopecks, ctx.clock(),
    )  # fmt: skip
    await post.statements.ask(written.settle, ended)
    delivery.state, delivery.reason = state, reason
    if state is not DeliveryState.QUEUED:
        DELIVERIES.labels(delivery.channel, state.value).inc()
    return state
