"""One card with all that belongs to it, in one statement."""

from dataclasses import dataclass
from typing import Any

from backend.cards.pocket.owner_notes import SIDES
from backend.platform.database import columns, part, rows
from models.brand import Brand
from models.card import Card
from models.category import Category
from models.customer import Customer
from models.program import Program
from models.refusal import Code, Refusal
from models.wallet_entry import WalletEntry

# The brand's program is nearly always the card's own.
_CARD = """
SELECT {card}, {entry}, {brand}, {category}, {program}, {other},
    EXISTS (SELECT 1 FROM card_photos f WHERE f.card_id = k.id AND f.side = 'front') AS front,
    EXISTS (SELECT 1 FROM card_photos f WHERE f.card_id = k.id AND f.side = 'back') AS back,
    EXISTS (SELECT 1 FROM card_photos f WHERE f.card_id = k.id AND f.side = 'icon') AS icon
FROM cards k LEFT JOIN wallet_entries e ON e.card_id = k.id
LEFT JOIN brands b ON b.id = k.brand_id LEFT JOIN categories g ON g.id = b.category_id
LEFT JOIN programs p ON p.id = k.program_id
LEFT JOIN programs o ON o.id = b.program_id AND o.id <> COALESCE(k.program_id, 0)
WHERE k.id = $1 AND k.customer_id = $2 AND k.removed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class ReadCard:
    """`card` with `brand`, its category and program, and `program`; `photos`: the sides there
    are."""

    card: Card
    entry: WalletEntry | None
    photos: frozenset[str]


async def read_card(customer: Customer, card_id: int) -> ReadCard:
    """Refuses with card_not_found, also for somebody else's card."""
    statement = _CARD.format(
        card=columns(Card, "k"),
        entry=columns(WalletEntry, "e"),
        brand=columns(Brand, "b"),
        category=columns(Category, "g"),
        program=columns(Program, "p"),
        other=columns(Program, "o"),
    )
    found = await rows(statement, [card_id, customer.id])
    if not found:
        raise Refusal(Code.CARD_NOT_FOUND)
    (row,) = found
    photos = frozenset(side for side in SIDES if row[side])
    return ReadCard(_card(row), part(WalletEntry, "e", row), photos)


def _card(row: dict[str, Any]) -> Card:
    card, brand, program = part(Card, "k", row), part(Brand, "b", row), part(Program, "p", row)
    assert card is not None
    if brand is not None:
        category, other = part(Category, "g", row), part(Program, "o", row) or program
        assert category is not None
        assert other is not None
        brand.category, brand.program = category, other
    card.brand, card.program = brand, program
    return card
