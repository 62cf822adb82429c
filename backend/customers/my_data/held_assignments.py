"""«My data»: cards that brands have assigned to this person, also those that nobody came for."""

from tortoise.expressions import Q

from backend.cards.assign.named import Named, proven_contacts
from backend.customers.my_data.held_values import Json, at, named
from backend.platform.context import Context
from models.assignment import Assignment
from models.customer import Customer


async def assignments(ctx: Context, customer: Customer) -> list[Json]:
    """What brands have told of whoever has these contacts is told to who has confirmed them."""
    meant = Q(customer_id=customer.id)
    for contact in await proven_contacts(customer.id):
        meant |= Q(customer_id=None, **{f"{contact.kind.value}_index": contact.blind_index})
    # of all: whichever brand has named this person
    found = await Assignment.filter(meant).order_by("id").select_related("program", "customer")
    return [_told(ctx, customer, each) for each in found]


def _told(ctx: Context, customer: Customer, row: Assignment) -> Json:
    told = Named.of(ctx, row)
    return {
        "program": named(row.program, customer),
        "state": row.state.value,
        "customer_of_the_brand": told.own_id,
        "phone": told.phone,
        "email": told.email,
        "printed_number": row.printed_number,
        "barcode_value": row.barcode_value,
        "card": row.card_id,
        "created_at": at(row.created_at),
        "expires_at": at(row.expires_at),
        "ended_at": at(row.ended_at),
    }
