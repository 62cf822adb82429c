"""What an account's own system says of a card is shown on it."""

from decimal import Decimal

from backend.cards.steer.change_card import CardChange, change_card
from backend.partners.member import Balance
from backend.platform.context import Context
from catalog.tenant import Scope
from models.card import Card

# Of the column: what has more digits is no balance.
_MOST = Decimal("999999999999.99")


async def adopt_balance(ctx: Context, card: Card, balance: Balance) -> None:
    """Balance and, where they tell of it, the tier. What cannot be shown is left as it was."""
    available = balance.available
    if not available.is_finite() or abs(available) > _MOST:
        return
    assert card.program is not None
    named = frozenset({"balance"} if balance.tier is None else {"balance", "tier"})
    change = CardChange(named, available.quantize(Decimal("0.01")), (balance.tier or "")[:64])
    await change_card(ctx, Scope.of([card.program.account_id]), card.id, change)
