"""Whether somebody is on the way to a card."""

from backend.platform.database import rows
from models.customer import Customer

_OPEN = "SELECT 1 AS one FROM applications WHERE customer_id = $1 AND status = 'open' LIMIT 1"


async def is_half_way(customer: Customer) -> bool:
    return bool(await rows(_OPEN, [customer.id]))
