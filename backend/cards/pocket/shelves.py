"""A person's cards by category, as on shelves."""

from collections import Counter
from collections.abc import Iterable
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


def on_shelf(cards: Iterable[WalletCard], category_id: int, *, others: bool) -> list[WalletCard]:
    """`category_id` 0 is every category; `others` alone the cards of no partner."""
    if others:
        return [card for card in cards if card.category is None]
    return [
        card
        for card in cards
        if not category_id or (card.category is not None and card.category.id == category_id)
    ]
