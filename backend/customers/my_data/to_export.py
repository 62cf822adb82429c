"""Somebody else takes a copy of everything held about a person: written down first."""

from backend.customers.person.note_person import note_person
from backend.platform.context import Context
from backend.platform.database import transaction
from models.audit_entry import Verb
from models.customer import Customer


async def customer_to_export(ctx: Context, customer_id: int) -> Customer | None:
    """None when nothing is held: there never was such a person, or their data was deleted."""
    customer = await Customer.get_or_none(id=customer_id)
    if customer is None or customer.deleted_at is not None:
        return None
    async with transaction():
        await note_person(ctx, Verb.EXPORT_CUSTOMER, customer_id)
    return customer
