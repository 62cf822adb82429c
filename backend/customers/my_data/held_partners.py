"""«My data»: brands' own systems that were told of this person, and cards that wait for them."""

from backend.customers.my_data.held_values import Json, at, named
from backend.platform.context import Context
from backend.platform.words import spoken
from catalog.scope import programs_by_id
from models.connection import CardRequest, PartnerMember
from models.customer import Customer


async def partners(_ctx: Context, customer: Customer) -> list[Json]:
    """What was told is the profile, the confirmed contacts and the consents above; the numbers
    are the cards'."""
    found = PartnerMember.filter(customer_id=customer.id).order_by("id")
    return [
        {
            "system": each.connection.vendor,
            "controller": spoken(each.connection.account, "legal_name", customer.language),
            "state": each.state.value,
            "told_at": at(each.told_at),
        }
        for each in await found.select_related("connection__account")
    ]


async def requests(_ctx: Context, customer: Customer) -> list[Json]:
    found = await CardRequest.filter(customer_id=customer.id).order_by("id")
    programs = {each.id: each for each in await programs_by_id({r.program_id for r in found})}
    return [
        {
            "program": named(programs.get(each.program_id), customer),
            "state": each.state.value,
            "reason": each.reason,
            "source": each.source,
            "created_at": at(each.created_at),
            "ended_at": at(each.ended_at),
        }
        for each in found
    ]
