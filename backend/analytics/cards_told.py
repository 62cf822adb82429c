"""What the events of cards leave unsaid: whose card it is, and by which label it came."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.platform.database import rows

# of all: the cards of the events given
_CARDS = """
SELECT c.id, c.source, COALESCE(c.brand_id, 0) AS brand_id,
    COALESCE(p.account_id, 0) AS account_id
FROM cards c LEFT JOIN programs p ON p.id = c.program_id WHERE c.id IN ({marks})
"""


@dataclass(frozen=True, slots=True)
class CardTold:
    """Zeros: an external card is of no account."""

    account_id: int
    brand_id: int
    source: str


UNKNOWN = CardTold(0, 0, "")


async def cards_told(card_ids: set[int]) -> Mapping[int, CardTold]:
    if not card_ids:
        return {}
    marks = ", ".join(f"${n}" for n in range(1, len(card_ids) + 1))
    found = await rows(_CARDS.format(marks=marks), sorted(card_ids))
    return {row["id"]: CardTold(row["account_id"], row["brand_id"], row["source"]) for row in found}
