"""Reactions: send the code, send the letter, tell people what became of their contacts."""

import secrets

from backend.customers.contacts.verify_ask import open_value
from backend.customers.contacts.verify_code import CODE_DIGITS
from backend.customers.contacts.verify_link import link_token
from backend.events.people import CodeAsked, ContactLost, ContactRefused, ContactVerified, LinkAsked
from backend.messaging.action import Action, ActionKind
from backend.messaging.deliver import deliver, has_left
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import PersonAddress
from backend.messaging.reach import reach
from backend.outbox.announce import announce
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.failures import NeedsSettings
from models.channel import ChannelName
from models.contact import ContactKind
from models.customer import Customer
from models.message import DeliveryState
from models.message_purpose import MessagePurpose
from models.verification import Verification, VerificationState


async def send_code(post: GatedChannels, ctx: Context, happened: Happened[CodeAsked]) -> None:
    """The code is made here, at the moment it leaves: it is never written down, and of a
    repeated SMS the newest code is the one that works."""
    found = await _open_attempt(ctx, happened.event.verification_id)
    once = f"code:{happened.event.verification_id}"
    if found is None or await has_left(once, ChannelName.SMS):
        return
    customer, row = found
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    salt = secrets.token_hex(16)
    await Verification.filter(id=row.id, state=VerificationState.OPEN).update(
        salt=salt, digest=ctx.vault.code_digest(salt, code)
    )
    draft = Draft(
        once=once,
        customer_id=customer.id,
        purpose=MessagePurpose.TRANSACTION,
        kind="sms-code",
        data={"code": "•" * CODE_DIGITS},
        secrets={"code": code},
        to=PersonAddress(open_value(ctx, customer, row)),
    )
    await _send(post, ctx, row, draft, ChannelName.SMS)


async def send_link(post: GatedChannels, ctx: Context, happened: Happened[LinkAsked]) -> None:
    """The letter with the link; the token is the same however often it is made."""
    found = await _open_attempt(ctx, happened.event.verification_id)
    if found is None:
        return
    customer, row = found
    if not row.salt:
        await Verification.filter(id=row.id, salt="").update(salt=secrets.token_hex(16))
        await row.refresh_from_db()
    draft = Draft(
        once=f"link:{row.id}",
        customer_id=customer.id,
        purpose=MessagePurpose.TRANSACTION,
        kind="email-confirm",
        secrets={"path": f"/e/{link_token(ctx, row)}?lang={customer.language}"},
        to=PersonAddress(open_value(ctx, customer, row)),
    )
    await _send(post, ctx, row, draft, ChannelName.EMAIL)


async def _open_attempt(ctx: Context, verification_id: int) -> tuple[Customer, Verification] | None:
    """None when it is too late to send: replaced, proven, expired, or the person is gone."""
    row = await Verification.get_or_none(id=verification_id)
    if row is None or row.state is not VerificationState.OPEN or row.expires_at <= ctx.clock():
        return None
    customer = await Customer.get(id=row.customer_id)
    return None if customer.data_key is None else (customer, row)


async def _send(
    post: GatedChannels, ctx: Context, row: Verification, draft: Draft, channel: ChannelName
) -> None:
    """A refusal closes the attempt and is told. Where nothing can be sent because settings are
    missing, a code is told off at once (it would come too late anyway); a letter waits for
    the operator."""
    try:
        state = await deliver(ctx, post, draft, channel)
    except NeedsSettings:
        if channel is ChannelName.SMS:
            await _refused(ctx, row, "unavailable")
        raise
    if state is DeliveryState.FAILED:
        await _refused(ctx, row, "recipient")


async def _refused(ctx: Context, row: Verification, reason: str) -> None:
    async with transaction():
        changed = await Verification.filter(id=row.id, state=VerificationState.OPEN).update(
            state=VerificationState.REFUSED
        )
        if changed:
            await announce(
                ctx.clock(), ContactRefused(row.customer_id, row.kind.value, row.id, reason)
            )
    ctx.wake.set()


async def tell_verified(
    post: GatedChannels, ctx: Context, happened: Happened[ContactVerified]
) -> None:
    """An e-mail is confirmed in a browser: the bot says so. A phone is confirmed in the chat."""
    if happened.event.kind == ContactKind.EMAIL:
        await _tell(post, ctx, happened.event, "contact-verified-email", ActionKind.OPEN_CONTACTS)


async def tell_refused(
    post: GatedChannels, ctx: Context, happened: Happened[ContactRefused]
) -> None:
    event = happened.event
    mail = event.kind == ContactKind.EMAIL
    button = ActionKind.CHANGE_EMAIL if mail else ActionKind.OPEN_CONTACTS
    await _tell(post, ctx, event, f"contact-{event.reason}-{event.kind}", button)


async def tell_lost(post: GatedChannels, ctx: Context, happened: Happened[ContactLost]) -> None:
    """The old holder learns that the contact is somebody else's now, and not whose; whoever has a
    mailbox no more, that letters come back."""
    event = happened.event
    if event.bounced:
        kind, once = f"contact-bounced-{event.kind}", event.bounced
        await _tell(post, ctx, event, kind, ActionKind.CHANGE_EMAIL, once)
        return
    await _tell(post, ctx, event, f"contact-lost-{event.kind}", ActionKind.OPEN_CONTACTS)


async def _tell(
    post: GatedChannels,
    ctx: Context,
    event: ContactVerified | ContactRefused | ContactLost,
    kind: str,
    button: ActionKind,
    once: int = 0,
) -> None:
    way = await reach(event.customer_id)
    if way is None:
        return
    draft = Draft(
        once=f"{kind}:{once or event.verification_id}:{event.customer_id}",
        customer_id=event.customer_id,
        purpose=MessagePurpose.SERVICE,
        kind=kind,
        action=Action(button),
    )
    await deliver(ctx, post, draft, way.channel)
