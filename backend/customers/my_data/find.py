"""Customers by a contact that somebody names: for the operator, who was asked about one."""

from backend.customers.my_data.evidence import deleted_customers
from backend.customers.person.meet import KnownAs, whose
from backend.platform.context import Context
from catalog.questions.phone import typed_phone
from models.contact import Contact
from models.customer import Customer
from models.identity import Entrance

DOORS = tuple(door.value for door in Entrance)


async def find_customers(ctx: Context, kind: str, value: str) -> list[Customer]:
    """Those who have it, then deleted ones who had it. `kind`: a door, phone or email; a
    phone in any spelling. Refuses with invalid_answer when it is no phone."""
    named = typed_phone(value) if kind == "phone" else value.strip().lower()
    return [*await _present(ctx, kind, named), *await deleted_customers(ctx, kind, named)]


async def _present(ctx: Context, kind: str, value: str) -> list[Customer]:
    if kind in DOORS:
        found = await whose(KnownAs(Entrance(kind), value))
        return [] if found is None else [found]
    index = ctx.vault.blind_index(kind, value)
    contacts = await Contact.filter(kind=kind, blind_index=index).order_by("id")
    people = await Customer.in_bulk({each.customer_id for each in contacts}, "id")
    return [people[each.customer_id] for each in contacts]
