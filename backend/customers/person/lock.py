"""One at a time per person."""

from models.customer import Customer


async def lock_person(customer_id: int) -> Customer | None:
    """Inside a transaction: until it ends, others who lock the same person wait. SQLite has one
    writer anyway. None for an id that never was."""
    return await Customer.filter(id=customer_id).select_for_update().first()
