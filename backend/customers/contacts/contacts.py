"""What «My contacts» shows: each contact with where it stands."""

from dataclasses import dataclass
from datetime import datetime

from backend.customers.contacts.verify_ask import last_asked
from backend.customers.person.profile import open_contact
from backend.platform.context import Context
from models.contact import Contact, ContactKind
from models.customer import Customer


@dataclass(frozen=True, slots=True)
class ContactView:
    """`value` is empty when nothing was given. `waiting` is what a code or a link is on its
    way to, until `waiting_until`; `resend_at` says from when it may be sent again."""

    kind: ContactKind
    value: str = ""
    verified: bool = False
    waiting: str = ""
    waiting_until: datetime | None = None
    resend_at: datetime | None = None


async def my_contacts(ctx: Context, customer: Customer) -> list[ContactView]:
    """Phone first."""
    kept = {contact.kind: contact for contact in await Contact.filter(customer_id=customer.id)}
    return [await _view(ctx, customer, kind, kept.get(kind)) for kind in ContactKind]


async def kept_contact(ctx: Context, customer: Customer, kind: ContactKind) -> str:
    """What a questionnaire need not ask for: a confirmed phone, a given address. Else empty."""
    contact = await Contact.get_or_none(customer_id=customer.id, kind=kind)
    if contact is None or (kind is ContactKind.PHONE and contact.verified_at is None):
        return ""
    return open_contact(ctx, customer, contact)


async def _view(
    ctx: Context, customer: Customer, kind: ContactKind, contact: Contact | None
) -> ContactView:
    value = open_contact(ctx, customer, contact) if contact is not None else ""
    verified = contact is not None and contact.verified_at is not None
    asked = await last_asked(ctx, customer, kind, alive=True)
    if asked is None:
        return ContactView(kind, value, verified)
    return ContactView(kind, value, verified, asked.value, asked.expires_at, asked.resend_at)
