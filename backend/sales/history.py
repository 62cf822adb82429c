"""What was bought with a card, the newest first."""

from models.sale import Sale


async def sales_of(card_id: int, limit: int, offset: int = 0) -> list[Sale]:
    """A page of them."""
    return await Sale.filter(card_id=card_id).order_by("-at", "-id").offset(offset).limit(limit)


async def count_sales(card_id: int) -> int:
    return await Sale.filter(card_id=card_id).count()
