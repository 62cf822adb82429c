"""A person wants to hear of new brands in their city, or no more."""

from backend.platform.database import transaction
from catalog.shelves.joined import newest_joined
from models.customer import Customer


async def hear_of_brands(customer: Customer, *, wanted: bool) -> None:
    """From now on: of what has joined before nobody is told. Asked again nothing changes."""
    if customer.hears_of_brands is wanted:
        return
    async with transaction():
        # In the transaction: a brand that joins meanwhile is told of, or was seen by them.
        values = {"hears_of_brands": wanted, "brands_until": await newest_joined()}
        await Customer.filter(id=customer.id, hears_of_brands=not wanted).update(**values)
    customer.hears_of_brands = wanted
