"""What becomes of a deleted customer's cards: nobody else ever carries the same number.

An issued number is quarantined and stays on its card row. Plastic that the person had brought
along is still in their hands: its number is taken off the row, so that whoever holds the plastic
(the same person as a new customer, too) can bring it again.
"""

from datetime import datetime

from backend.ledger.close import close_cards
from backend.platform.context import Context
from backend.platform.database import rows
from models.card import Card, CardOrigin
from models.customer import Customer
from models.pool_number import NumberStatus

_QUARANTINE = """
UPDATE pool_numbers SET status = $1, changed_at = $2
WHERE program_id = $3 AND printed_number = $4
"""


async def give_cards_back(ctx: Context, customer: Customer, now: datetime) -> dict[str, str]:
    """Inside the transaction of a deletion. Returns the printed number by program id, for
    the partners: they know their customer by it."""
    numbers: dict[str, str] = {}
    cards = await Card.filter(customer_id=customer.id).order_by("id")
    await close_cards(ctx, [card.id for card in cards])
    for card in cards:
        if card.program_id is not None:
            numbers[str(card.program_id)] = card.printed_number
        if card.origin in {CardOrigin.DUPLICATED, CardOrigin.EXTERNAL}:
            card.printed_number = card.barcode_value = f"deleted:{card.id}"
            card.identity = None
        else:
            taken = [NumberStatus.QUARANTINED.value, now, card.program_id, card.printed_number]
            await rows(_QUARANTINE, taken)
        card.removed_at, card.hidden = now, True
        card.balance = card.balance_at = card.recheck_at = None
        card.tier = card.source = card.recheck_for = ""
        card.own_fields = {}
        await card.save()
    return numbers
