"""What is announced when an account's own system has another balance of a card, or another tier."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from backend.events.partners import BalanceChanged
from models.card import Card
from models.program import Program


@dataclass(frozen=True, slots=True)
class Stood:
    """On a card, at one time."""

    card_id: int
    customer_id: int
    balance: Decimal | None
    tier: str

    @classmethod
    def of(cls, card: Card, after: Mapping[str, Any] | None = None) -> "Stood":
        """With what is about to be written on it."""
        written = after or {}
        balance, tier = (written.get(name, getattr(card, name)) for name in ("balance", "tier"))
        return cls(card.id, card.customer_id, balance, tier)


async def stood(card_ids: Collection[int]) -> dict[int, Stood]:
    """Of cards in pockets."""
    # of all: the cards in hand
    found = await Card.filter(id__in=sorted(card_ids) or [0], removed_at__isnull=True)
    return {card.id: Stood.of(card) for card in found}


def balance_changed(program: Program, was: Stood, now: Stood) -> BalanceChanged | None:
    """None where the same stands there."""
    if (was.balance, was.tier) == (now.balance, now.tier):
        return None
    whose = (now.card_id, now.customer_id, program.id, program.account_id)
    return BalanceChanged(*whose, _text(was.balance), _text(now.balance), was.tier, now.tier)


def _text(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
