"""«My data»: what was bought with the person's cards, as the shops told it."""

from backend.customers.my_data.held_values import Json, at
from backend.platform.context import Context
from models.customer import Customer
from models.sale import Sale


async def sales(_ctx: Context, customer: Customer) -> list[Json]:
    """The oldest first; an amount below zero is a return."""
    return [
        {
            "id": sale.id,
            "card": sale.card_id,
            "at": at(sale.at),
            "paid": f"{sale.amount:.2f} {sale.currency}",
            "receipt": sale.number,
            "store": sale.store,
            "sale_status": sale.status,
            "told_by": sale.source,
            "their_id": sale.external_id,
            "told_at": at(sale.told_at),
        }
        for sale in await Sale.filter(customer_id=customer.id).order_by("at", "id")
    ]
