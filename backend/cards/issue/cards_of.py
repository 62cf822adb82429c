"""Which brands the cards of an application are good for."""

from backend.cards.issue.application import OpenApplication
from backend.platform.database import among, loaded, rows
from models.brand import Brand

# of all: the brands that share a card with one that was picked
_BRANDS = "SELECT * FROM brands WHERE program_id {picked} ORDER BY id"


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
    found = await rows(_BRANDS.format(picked=among(1)), [sorted(picked)])
    brands = [loaded(Brand, row) for row in found]
    return [
        (first, *(b for b in brands if b.program_id == number and b.id != first.id))
        for number, first in picked.items()
    ]
