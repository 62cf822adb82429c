"""Which brands the cards of an application are good for."""

from backend.cards.issue.application import OpenApplication
from catalog.scope import brands_of_programs
from models.brand import Brand


async def cards_of(
    current: OpenApplication, account_id: int | None = None
) -> list[tuple[Brand, ...]]:
    """Of each card (of one controller, or of all) the brands that it is good for, the one that
    was picked first: two brands of one program share a card."""
    picked = {
        offer.brand.program_id: offer.brand
        for offer in current.offers
        if account_id is None or offer.brand.program.account_id == account_id
    }
    brands = await brands_of_programs(set(picked)).order_by("id")
    return [
        (first, *(b for b in brands if b.program_id == number and b.id != first.id))
        for number, first in picked.items()
    ]
