"""The back of a card: what was told about it, and what its brand has said before."""

from backend.platform.database import rows
from models.campaign import HELD_OUT
from models.card import Card
from models.message import Message

# What was only meant to be sent is none of it: advertising that was stopped, and what still waits.
_TOLD = f"""
FROM messages m WHERE m.customer_id = $1
    AND (m.card_id = $2 OR (m.card_id IS NULL AND m.brand_id = $3))
    AND COALESCE(m.variant, 0) <> {HELD_OUT}
    AND ((m.purpose <> 'promo' AND m.kind NOT IN ('campaign', 'trigger')) OR EXISTS (
        SELECT 1 FROM deliveries d
        WHERE d.message_id = m.id AND d.state IN ('delivered', 'in_doubt')))
"""  # noqa: S608  a number of our own
_COUNT = f"SELECT COUNT(*) AS n {_TOLD}"
_PAGE = f"SELECT m.id {_TOLD} ORDER BY m.id DESC LIMIT $4 OFFSET $5"


async def count_messages(card: Card) -> int:
    """Also of those that came before the card did."""
    found = await rows(_COUNT, [card.customer_id, card.id, card.brand_id])
    return int(found[0]["n"])


async def messages_of_card(card: Card, limit: int, offset: int = 0) -> list[Message]:
    """Newest first, each with its campaign or trigger where it has one."""
    whose = [card.customer_id, card.id, card.brand_id]
    ids = [row["id"] for row in await rows(_PAGE, [*whose, limit, offset])]
    # of all: the messages of the card's owner
    return (
        await Message.filter(id__in=ids or [0])
        .order_by("-id")
        .select_related("campaign", "trigger")
    )
