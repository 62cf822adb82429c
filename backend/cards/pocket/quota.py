"""How much one person may keep: external cards, and bytes of photos."""

from dataclasses import dataclass

from backend.platform.database import rows
from models.card import Card
from models.customer import Customer
from models.refusal import Code, Refusal

MOST_CARDS = 2_000
"""Of brands that are no partners, removed ones counted: their rows stay."""
MOST_PICTURES = 30 * 1024 * 1024
"""Bytes, so that an export with pictures in base64 still fits the 50 MB of a message."""
MEGABYTE = 1024 * 1024
_PICTURES = """
SELECT COALESCE(SUM(LENGTH(sealed)), 0) AS n FROM card_photos
WHERE customer_id = $1 AND NOT (card_id = $2 AND side = $3)
"""


@dataclass(slots=True)
class Quota:
    """What is left."""

    cards: int
    picture_bytes: int

    def take_picture(self, size: int) -> bool:
        """Whether there was room for it."""
        if size > self.picture_bytes:
            return False
        self.picture_bytes -= size
        return True


async def quota_of(customer: Customer, card_id: int = 0, side: str = "") -> Quota:
    """A picture of `card_id` that is about to be replaced takes no room."""
    cards = await Card.filter(customer_id=customer.id, program_id=None).count()
    found = await rows(_PICTURES, [customer.id, card_id, side])
    return Quota(MOST_CARDS - cards, MOST_PICTURES - int(found[0]["n"]))


def no_room_for_pictures() -> Refusal:
    return Refusal(Code.NO_ROOM_FOR_PICTURES, megabytes=MOST_PICTURES // MEGABYTE)


def no_room_for_cards() -> Refusal:
    return Refusal(Code.NO_ROOM_FOR_CARDS, most=MOST_CARDS)
