"""A person's cards by category, as on shelves."""

from collections import Counter
from dataclasses import dataclass

from backend.cards.pocket.wallet_card import WalletCard
from models.category import Category


@dataclass(frozen=True, slots=True)
class Shelves:
    """Categories in the catalog's order with how many cards each has; `others`: how many cards
    are of no partner."""

    categories: list[tuple[Category, int]]
    others: int


def shelves_of(cards: list[WalletCard]) -> Shelves:
    known = {card.category.id: card.category for card in cards if card.category is not None}
    counts = Counter(card.category.id for card in cards if card.category is not None)
    listed = sorted(known.values(), key=lambda shelf: (shelf.position, shelf.id))
    return Shelves([(shelf, counts[shelf.id]) for shelf in listed], len(cards) - counts.total())
