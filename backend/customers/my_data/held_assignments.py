"""«My data»: cards that brands have assigned to this person, also those that nobody came for."""

from backend.cards.assign.named import Named, waiting_for
from backend.customers.my_data.held_values import Json, at, named
from backend.platform.context import Context
from models.assignment import Assignment
from models.customer import Customer


async def assignments(ctx: Context, customer: Customer) -> list[Json]:
    """What brands have told of whoever has these contacts is told to who has confirmed them."""
    theirs = Assignment.filter(customer_id=customer.id)
    # of all: whichever brand has named this person
    meant = Assignment.filter(id__in=await waiting_for(customer.id) or [0], customer_id=None)
    found = [
        row for each in (theirs, meant) for row in await each.select_related("program", "customer")
    ]
    return [_told(ctx, customer, each) for each in sorted(found, key=lambda row: row.id)]


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
