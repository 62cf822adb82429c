"""«My data»: what moved the points of the person's cards."""

from backend.customers.my_data.held_values import Json, at
from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.dialect import moment
from catalog.points_text import points_text
from models.customer import Customer

_MOVED = """
SELECT p.id, p.card_id, p.kind, p.amount, p.reason, p.of_id, p.at,
    (SELECT COALESCE(sum(e.amount), 0) FROM posting_entries e
        WHERE e.posting_id = p.id AND e.book = 'points') AS change
FROM postings p JOIN cards c ON c.id = p.card_id WHERE c.customer_id = $1 ORDER BY p.id
"""


async def points(_ctx: Context, customer: Customer) -> list[Json]:
    """Of the built-in ledger, the oldest first; `change` is of what may be spent."""
    return [
        {
            "id": row["id"],
            "card": row["card_id"],
            "movement": row["kind"],
            "amount": points_text(row["amount"]),
            "change": points_text(int(row["change"])),
            "reason": row["reason"],
            "of": row["of_id"],
            "at": at(moment(row["at"])),
        }
        for row in await rows(_MOVED, [customer.id])
    ]
