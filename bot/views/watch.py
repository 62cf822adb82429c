"""A product that may be watched."""

from backend.triggers.gone import watches
from backend.triggers.watch import product_known
from bot.screens.browse.watch import product
from bot.screens.screen import Screen
from bot.visitor import Visitor


async def product_screen(visitor: Visitor, product_id: int, *, fresh: bool = False) -> Screen:
    """Refuses with product_not_found."""
    shown = await product_known(product_id)
    waits = await watches(visitor.customer.id, shown.id)
    return product(visitor.words, shown, waits=waits, fresh=fresh)
