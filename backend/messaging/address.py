"""Where a channel finds a customer: his verified contact, opened for this hand-over."""

from backend.platform.context import Context
from backend.platform.secrets.sealed import Sealed
from models.contact import Contact, ContactKind, contact_place
from models.customer import Customer

_KINDS = {"email": ContactKind.EMAIL, "sms": ContactKind.PHONE}


async def address_of(ctx: Context, customer: Customer, channel: str) -> dict[str, str]:
    """`{"to": …}`; empty for a channel without addresses, and without a verified contact."""
    kind = _KINDS.get(channel)
    if kind is None or customer.data_key is None:
        return {}
    contact = await Contact.get_or_none(customer_id=customer.id, kind=kind)
    if contact is None or contact.verified_at is None:
        return {}
    return {"to": str(Sealed(contact_place(kind)).open(ctx, customer, contact.sealed))}
