"""The way from a contact that somebody names to the consents of a deleted customer."""

from datetime import datetime

from backend.customers.person.profile import open_contact
from backend.identities import identities_of
from backend.platform.context import Context
from models.contact import Contact
from models.customer import Customer
from models.evidence import Evidence


async def keep_evidence(ctx: Context, customer: Customer, now: datetime) -> None:
    """Inside the transaction of a deletion: keyed hashes of the identities and of the
    contacts."""
    named = [
        (contact.kind.value, open_contact(ctx, customer, contact).lower())
        for contact in await Contact.filter(customer_id=customer.id)
    ]
    for identity in await identities_of(customer.id):
        named.append((identity.door.value, identity.external_id))  # noqa: PERF401  two kinds of rows
    await Evidence.bulk_create(
        [
            Evidence(
                customer_id=customer.id,
                kind=kind,
                blind_index=ctx.vault.blind_index(kind, value),
                created_at=now,
            )
            for kind, value in named
        ]
    )


async def deleted_customers(ctx: Context, kind: str, value: str) -> list[Customer]:
    """Deleted customers who had this contact or identity, newest first. `kind`: a door, phone
    (E.164) or email."""
    index = ctx.vault.blind_index(kind, value.lower())
    found = await Evidence.filter(kind=kind, blind_index=index).order_by("-id")
    known = await Customer.in_bulk({each.customer_id for each in found}, "id")
    return [known[each.customer_id] for each in found]
