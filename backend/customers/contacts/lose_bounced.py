"""A letter came back because its mailbox is no more: the address is not the person's proven one any
longer, until they prove it, or another, anew."""

from datetime import datetime

from backend.customers.contacts.recheck import mark_recheck
from backend.events.people import ContactLost
from backend.outbox.announce import announce
from backend.platform.context import Context
from models.contact import Contact, ContactKind


async def lose_bounced(ctx: Context, customer_id: int, delivery_id: int, sent_at: datetime) -> bool:
    """Inside a transaction. False for an address that was proven after the letter left: it is
    another one, or the same that works again."""
    now = ctx.clock()
    lost = await Contact.filter(
        customer_id=customer_id, kind=ContactKind.EMAIL, verified_at__lte=sent_at
    ).update(verified_at=None, verified_by="", bounced_at=now)
    if lost:
        await mark_recheck(customer_id, ContactKind.EMAIL, now)
        kind = ContactKind.EMAIL.value
        await announce(now, ContactLost(customer_id, kind, 0, delivery_id))
    return bool(lost)
