"""Whether somebody can get a card of a program now."""

from collections.abc import Collection

from catalog.stock import out_of_numbers
from models.card import Card
from models.customer import Customer


async def pools_empty_for(customer: Customer, program_ids: Collection[int]) -> set[int]:
    """Programs without a free number; one whose card this person had removed keeps its number."""
    empty = await out_of_numbers(program_ids)
    if not empty or not customer.id:
        return empty
    held = Card.filter(customer_id=customer.id, program_id__in=empty)
    return empty - {card.program_id for card in await held if card.program_id is not None}
